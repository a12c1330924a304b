package uk.progressstream.sensitive.pupil;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Counts, school by school, what a reader was given, for the log. */
final class PupilReads {
  private final Map<UUID, Tally> bySchool = new TreeMap<>(Comparator.comparing(UUID::toString));

  /** Starts with nothing read of each school in scope, so that a read of nothing is logged too. */
  PupilReads(Set<UUID> schools) {
    schools.forEach(school -> bySchool.put(school, new Tally()));
  }

  void add(SealedPupil pupil) {
    Tally tally = bySchool.computeIfAbsent(pupil.school(), school -> new Tally());
    tally.rows++;
    tally.pupils.add(pupil.psId());
    tally.classes.add(pupil.schoolClass());
  }

  Map<UUID, Tally> bySchool() {
    return bySchool;
  }

  /** What one school gave. Holds ids in memory only; counts go to the log. */
  static final class Tally {
    private long rows;
    private final Set<UUID> pupils = new HashSet<>();
    private final Set<UUID> classes = new HashSet<>();

    long rows() {
      return rows;
    }

    long pupils() {
      return pupils.size();
    }

    Set<UUID> classes() {
      return classes;
    }
  }
}
