package uk.progressstream.breach.scope;

import java.util.List;
import java.util.UUID;

/**
 * What the log of one school says.
 *
 * @param school its id
 * @param touches one per actor and kind of record
 */
public record SchoolScope(UUID school, List<SchoolTouch> touches) {

  /** Whether anybody who is suspected touched the school's data. */
  boolean affected() {
    return !touches.isEmpty();
  }
}
