package uk.progressstream.provisioning.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.Credential;
import uk.progressstream.provisioning.pki.PrivateFiles;

/** The keys that tokens of a test are signed with: files of the kit, a pair of them a key. */
final class KeySet {
  private static final Duration VALIDITY = Duration.ofHours(12);
  private static final String PRIVATE = ".key";
  private static final String PUBLIC = ".jwk";

  private final Path directory;

  KeySet(Path kit) {
    this.directory = kit.resolve("signing");
  }

  /** A new key; nobody is told of it yet. */
  void make(String id) {
    try {
      Credential pair = CertificateAuthority.create("signing").issue("signing", VALIDITY);
      PrivateFiles.createDirectory(directory);
      PrivateFiles.write(
          directory.resolve(id + PRIVATE), pair.keyPem().getBytes(StandardCharsets.US_ASCII));
      Files.writeString(directory.resolve(id + ".new"), jwk(id, pair));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JoseException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on the key is in the set. */
  void publish(String id) {
    rename(id + ".new", id + PUBLIC);
  }

  /** From now on it is not. */
  void withdraw(String id) {
    rename(id + PUBLIC, id + ".new");
  }

  /** What signs. */
  PrivateKey privateKey(String id) {
    try {
      return new Credential("", Files.readString(directory.resolve(id + PRIVATE))).key();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A JWK set (RFC 7517). */
  String published() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(PUBLIC))
          .sorted()
          .map(KeySet::read)
          .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
  }

  private void rename(String from, String to) {
    try {
      Files.move(directory.resolve(from), directory.resolve(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String jwk(String id, Credential pair)
      throws JoseException, GeneralSecurityException {
    PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.certificate().getPublicKey());
    jwk.setKeyId(id);
    jwk.setAlgorithm("ES256");
    jwk.setUse("sig");
    return JsonUtil.toJson(jwk.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
  }
}
