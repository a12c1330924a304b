package uk.progressstream.breach.scope;

import java.time.Instant;
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

  /** The one suspect whom the log can be asked about; empty for several or none. */
  String singleActor() {
    return actors.size() == 1 ? actors.iterator().next().toString() : "";
  }

  boolean concerns(String actor) {
    return actors.isEmpty() || actors.stream().anyMatch(each -> each.toString().equals(actor));
  }
}
