package uk.progressstream.platform.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.UUID;

/** Data keys under a folder of their own, without a database. */
final class TestKeys {
  static final KeyPurpose SEALED = KeyPurpose.sealing("secret");
  static final KeyPurpose HASHED = KeyPurpose.hashing("lookup");

  private TestKeys() {}

  static KeyWrapper wrapper(Path folder) throws IOException, GeneralSecurityException {
    return new KeyWrapper(new LocalKmsClient(folder), LocalKmsClient.PREFIX);
  }

  static FieldCipher cipher(UUID school) throws IOException, GeneralSecurityException {
    return (FieldCipher) fresh(new KeyName(school, SEALED));
  }

  static KeyedHash hash(UUID school) throws IOException, GeneralSecurityException {
    return (KeyedHash) fresh(new KeyName(school, HASHED));
  }

  private static SchoolKey fresh(KeyName name) throws IOException, GeneralSecurityException {
    KeyWrapper wrapper = wrapper(Files.createTempDirectory("keys").resolve("tree"));
    return wrapper.unwrap(name, wrapper.wrapNew(name));
  }
}
