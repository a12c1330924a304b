package uk.progressstream.platform.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.aead.AeadConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Key management in a folder, for the embedded run: the key {@code local-kms://<school>} is the
 * file {@code <school>.json}, made when it first wraps something. Whoever can read the folder can
 * read the data; in production a cloud's key management stands in its place, behind the same
 * interface.
 */
public final class LocalKmsClient implements KmsClient {
  /** How the addresses of its keys begin. */
  public static final String PREFIX = "local-kms://";

  private final KekFiles files;

  /**
   * Opens or makes the folder.
   *
   * @throws IOException if it can be neither
   */
  public LocalKmsClient(Path directory) throws IOException, GeneralSecurityException {
    AeadConfig.register();
    this.files = new KekFiles(directory);
  }

  @Override
  public boolean doesSupport(String keyUri) {
    return keyUri.toLowerCase(Locale.ROOT).startsWith(PREFIX);
  }

  /** Needs no credentials: the folder's permissions stand for them. */
  @Override
  public KmsClient withCredentials(@Nullable String credentialPath) {
    return this;
  }

  @Override
  public KmsClient withDefaultCredentials() {
    return this;
  }

  @Override
  public Aead getAead(String keyUri) throws GeneralSecurityException {
    if (!doesSupport(keyUri)) {
      throw new GeneralSecurityException("not the address of a local key");
    }
    try {
      // Through a UUID, so that an address can never name a file outside the folder.
      return new LocalKek(files, UUID.fromString(keyUri.substring(PREFIX.length())));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not the address of a local key", e);
    }
  }
}
