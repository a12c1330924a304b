package uk.progressstream.breach.scope;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is asked of the logs.
 *
 * @param breach which breach asks
 * @param from inclusive
 * @param to exclusive
 * @param actors accounts that are suspected; empty for anybody
 */
record LogWindow(UUID breach, Instant from, Instant to, Set<UUID> actors) {

  /**
   * Whether a touch may be a suspect's. One whose actor was erased from the log could be anybody's,
   * so it is not ruled out.
   */
  boolean concerns(Optional<UUID> actor) {
    return actors.isEmpty() || actor.isEmpty() || actors.contains(actor.get());
  }
}
