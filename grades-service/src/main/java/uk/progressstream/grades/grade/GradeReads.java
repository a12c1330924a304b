package uk.progressstream.grades.grade;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Counts, school by school, what a reader was given, for the log. */
final class GradeReads {
  private final Map<UUID, Tally> bySchool = new TreeMap<>(Comparator.comparing(UUID::toString));

  /** Starts with nothing read of each school in scope, so that a read of nothing is logged too. */
  GradeReads(Set<UUID> schools) {
    schools.forEach(school -> bySchool.put(school, new Tally()));
  }

  void add(Grade grade) {
    Tally tally = bySchool.computeIfAbsent(grade.school(), school -> new Tally());
    tally.rows++;
    tally.pupils.add(grade.psId());
    tally.classes.add(grade.schoolClass());
  }

  Map<UUID, Tally> bySchool() {
    return bySchool;
  }

  long rows() {
    return bySchool.values().stream().mapToLong(tally -> tally.rows).sum();
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
