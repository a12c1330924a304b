package uk.progressstream.platform.keys;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** What a service with keys configures; its own configuration mapping extends this one. */
public interface KeySettings {

  /** Which key management: {@code local}, for a folder of keyset files. */
  @WithDefault("local")
  String provider();

  /**
   * The folder of the local keyset files: readable by the service's user alone, never backed up
   * with the database.
   */
  Path directory();

  /**
   * How long an unwrapped data key may be used before the key-encryption key is asked again, hence
   * how long after its destruction data may still be read.
   */
  @WithDefault("PT5S")
  Duration cacheLifetime();

  /** Most unwrapped data keys held in memory. */
  @WithDefault("1000")
  int cacheEntriesMax();
}
