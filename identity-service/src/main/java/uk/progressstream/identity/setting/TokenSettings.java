package uk.progressstream.identity.setting;

import io.smallrye.config.ConfigMapping;

/** {@code PS_TOKEN_…}: what all services know of access tokens. */
@ConfigMapping(prefix = "ps.token")
public interface TokenSettings {
  /** The {@code iss} of access tokens. */
  String issuer();
}
