package uk.progressstream.identity.grant;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.ScopeKind;

/**
 * The cells of one scope, all of one kind, so that a row policy needs no OR.
 *
 * @param kind what they are
 * @param schools whole schools, for kind school
 * @param classes classes, for kind class
 */
public record Cells(ScopeKind kind, Set<UUID> schools, Set<ClassCell> classes) {
  /** No cell at all. */
  public static final Cells NONE = new Cells(ScopeKind.NONE, Set.of(), Set.of());

  /** Keeps copies. */
  public Cells {
    schools = Set.copyOf(schools);
    classes = Set.copyOf(classes);
  }

  /** One whole school. */
  public static Cells wholeSchool(UUID school) {
    return new Cells(ScopeKind.SCHOOL, Set.of(school), Set.of());
  }

  /**
   * The union of what clusters give. Whole schools alone stay whole; beside single classes they
   * become their open classes.
   */
  static Cells union(Iterable<HeldCell> held) {
    Set<UUID> whole = new TreeSet<>();
    Set<ClassCell> single = new TreeSet<>();
    Set<ClassCell> expanded = new TreeSet<>();
    for (HeldCell cell : held) {
      if (cell.whole()) {
        whole.add(cell.school());
      }
      cell.classes()
          .forEach(id -> (cell.whole() ? expanded : single).add(new ClassCell(cell.school(), id)));
    }
    single.removeIf(cell -> whole.contains(cell.school()));
    if (single.isEmpty()) {
      return whole.isEmpty() ? NONE : new Cells(ScopeKind.SCHOOL, whole, Set.of());
    }
    single.addAll(expanded);
    return new Cells(ScopeKind.CLASS, Set.of(), single);
  }

  /** Every school that they touch. */
  public Set<UUID> anySchools() {
    Set<UUID> all = new TreeSet<>(schools);
    classes.forEach(cell -> all.add(cell.school()));
    return all;
  }

  /** How many. */
  int size() {
    return schools.size() + classes.size();
  }
}
