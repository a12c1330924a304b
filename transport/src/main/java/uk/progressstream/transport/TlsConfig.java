package uk.progressstream.transport;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** The service's own certificate, with which it also signs what it hands to a broker. */
@ConfigMapping(prefix = "ps.tls")
public interface TlsConfig {
  /** PEM, its own first. */
  Path certificate();

  /** PKCS#8, PEM. */
  Path key();

  /** The same key, DER. */
  Path keyDer();

  /** The authority, PEM. */
  Path ca();
}
