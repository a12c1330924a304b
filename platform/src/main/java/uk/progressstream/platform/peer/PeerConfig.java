package uk.progressstream.platform.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which peers may call the REST paths of this service, and how long its keys are relied on. */
@ConfigMapping(prefix = "ps.peer")
public interface PeerConfig {
  /** The one peer that may call every path. */
  @WithDefault("gateway")
  String gateway();

  /** Paths that every peer may call, to the letter. */
  Optional<List<String>> openPaths();

  /** How long identity's answer which keys it signs with is relied on. */
  @WithDefault("2M")
  Duration keysKept();
}
