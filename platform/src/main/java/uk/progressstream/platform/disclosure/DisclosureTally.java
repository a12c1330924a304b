package uk.progressstream.platform.disclosure;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Counts, school by school, what a reader was given. Ids stay in memory; counts and classes go to
 * the log.
 */
public final class DisclosureTally {
  private final Map<UUID, OfSchool> bySchool = new TreeMap<>(Comparator.comparing(UUID::toString));

  /** Starts with nothing of each school in scope, so that a read of nothing is logged too. */
  DisclosureTally(Set<UUID> schools) {
    schools.forEach(school -> bySchool.put(school, new OfSchool()));
  }

  /** One row of a class was given. */
  public void add(UUID school, UUID schoolClass, UUID id) {
    of(school).add(id);
    of(school).classes.add(schoolClass);
  }

  /**
   * One row of no class was given.
   *
   * @param id the row's, or the pupil's whom it is about
   */
  public void add(UUID school, UUID id) {
    of(school).add(id);
  }

  OfSchool of(UUID school) {
    return bySchool.computeIfAbsent(school, key -> new OfSchool());
  }

  Map<UUID, OfSchool> bySchool() {
    return bySchool;
  }

  /** What one school gave. */
  static final class OfSchool {
    private long rows;
    private final Set<UUID> ids = new HashSet<>();
    private final Set<UUID> classes = new HashSet<>();

    private void add(UUID id) {
      rows++;
      ids.add(id);
    }

    long rows() {
      return rows;
    }

    Set<UUID> ids() {
      return ids;
    }

    Set<UUID> classes() {
      return classes;
    }
  }
}
