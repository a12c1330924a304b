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

  /** One row was given. */
  public void add(UUID school, UUID schoolClass, UUID psId) {
    OfSchool tally = bySchool.computeIfAbsent(school, key -> new OfSchool());
    tally.rows++;
    tally.psIds.add(psId);
    tally.classes.add(schoolClass);
  }

  /** One row that is about nobody was given. */
  public void add(UUID school) {
    bySchool.computeIfAbsent(school, key -> new OfSchool()).rows++;
  }

  Map<UUID, OfSchool> bySchool() {
    return bySchool;
  }

  /** What one school gave. */
  static final class OfSchool {
    private long rows;
    private final Set<UUID> psIds = new HashSet<>();
    private final Set<UUID> classes = new HashSet<>();

    long rows() {
      return rows;
    }

    long persons() {
      return psIds.size();
    }

    Set<UUID> classes() {
      return classes;
    }
  }
}
