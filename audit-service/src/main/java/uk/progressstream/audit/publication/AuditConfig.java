package uk.progressstream.audit.publication;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** What makes this log the one that it is. */
@ConfigMapping(prefix = "ps.audit")
public interface AuditConfig {
  /**
   * The log's name, first line of every checkpoint and name of its key; without spaces and plus
   * signs, such as {@code progress-stream.local/audit}. It must never change.
   */
  String origin();

  /** File with the private key: base64 of a 32-byte Ed25519 seed, one line. */
  Path signingKey();
}
