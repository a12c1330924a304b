package uk.progressstream.breach.scope;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What the logs say about a breach, and what a person has confirmed.
 *
 * @param breach its id
 * @param from start of the window, inclusive
 * @param to end of the window, exclusive
 * @param affected schools whose data was touched in it, with the touches
 * @param notAffected schools whose log was asked and holds no touch
 * @param confirmed schools that a person has confirmed as affected
 */
public record BreachScope(
    UUID breach,
    Instant from,
    Instant to,
    List<SchoolScope> affected,
    List<UUID> notAffected,
    List<UUID> confirmed) {

  static BreachScope of(LogWindow window, List<SchoolScope> schools, List<UUID> confirmed) {
    return new BreachScope(
        window.breach(),
        window.from(),
        window.to(),
        schools.stream().filter(SchoolScope::affected).toList(),
        schools.stream().filter(each -> !each.affected()).map(SchoolScope::school).toList(),
        confirmed);
  }
}
