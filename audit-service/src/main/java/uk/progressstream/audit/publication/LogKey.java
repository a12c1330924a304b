package uk.progressstream.audit.publication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import uk.progressstream.log.note.KeyFiles;
import uk.progressstream.log.note.NoteSigner;

/** Reads the log's key at start; without it the service does not run. */
@ApplicationScoped
class LogKey {

  @Produces
  @Singleton
  NoteSigner signer(AuditConfig config) {
    try {
      return KeyFiles.read(config.signingKey(), config.origin());
    } catch (IOException e) {
      throw new IllegalStateException("the log's signing key cannot be read", e);
    }
  }
}
