package uk.progressstream.identity.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code PS_IDENTITY_LIMITS_…}. Each replica counts by itself. */
@ConfigMapping(prefix = "ps.identity.limits")
public interface LimitSettings {
  /** Tokens that one account may get at once. */
  @WithDefault("120")
  int accountBurst();

  /** Tokens that one account may get a minute, in the long run. */
  @WithDefault("120")
  int accountPerMinute();

  /** Refusals that one address may cause at once. */
  @WithDefault("60")
  int refusalBurst();

  /** Refusals that one address may cause a minute, in the long run. */
  @WithDefault("60")
  int refusalPerMinute();
}
