package uk.progressstream.platform.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Which peers may call the REST paths of this service. */
@ConfigMapping(prefix = "ps.peer")
public interface PeerConfig {
  /** The one peer that may call every path. */
  @WithDefault("gateway")
  String gateway();

  /** Paths that every peer may call, to the letter. */
  Optional<List<String>> openPaths();
}
