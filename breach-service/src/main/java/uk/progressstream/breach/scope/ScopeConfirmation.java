package uk.progressstream.breach.scope;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/**
 * A person's word on which schools were affected.
 *
 * @param schools at most 1,000 school ids; an empty list says that none was
 */
public record ScopeConfirmation(@Nullable List<UUID> schools) {
  private static final int SCHOOLS_MAX = 1_000;

  /**
   * The schools, checked.
   *
   * @throws Problem 400 where there is no list, or too long a one
   */
  List<UUID> checked() {
    if (schools == null
        || schools.size() > SCHOOLS_MAX
        || schools.stream().anyMatch(Objects::isNull)) {
      throw Problem.badRequest(
          "confirmation-refused",
          "Confirmation refused",
          "schools is a list of at most " + SCHOOLS_MAX + " school ids; an empty one says none.");
    }
    return schools.stream().distinct().toList();
  }
}
