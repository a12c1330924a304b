package uk.progressstream.ingest.peers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient ingest is with a peer. */
@ConfigMapping(prefix = "ps.ingest.peer")
public interface PeerSettings {
  /** Longest wait for one answer. */
  @WithDefault("10s")
  Duration callTimeout();

  /** Tries after the first. */
  @WithDefault("4")
  int retriesMax();

  /** First pause between tries; it doubles. */
  @WithDefault("200ms")
  Duration backOffMin();

  /** Longest pause between tries. */
  @WithDefault("3s")
  Duration backOffMax();
}
