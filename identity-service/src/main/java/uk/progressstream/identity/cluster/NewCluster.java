package uk.progressstream.identity.cluster;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.GrantRules;
import uk.progressstream.platform.problem.Problem;

/**
 * A cluster that is proposed.
 *
 * @param name 1 to 100 characters, for the admins
 * @param cells classes and whole schools, one of the proposing school among them
 */
public record NewCluster(@Nullable String name, @Nullable List<Cluster.@Nullable Cell> cells) {
  private static final int NAME_LENGTH_MAX = 100;

  /** Checked. */
  record Checked(String name, List<Cluster.Cell> cells) {
    UUID[] schools() {
      return cells.stream().map(Cluster.Cell::school).toArray(UUID[]::new);
    }

    @Nullable UUID[] classes() {
      return cells.stream().map(Cluster.Cell::schoolClass).toArray(UUID[]::new);
    }
  }

  /**
   * Checks it.
   *
   * @throws Problem 400 that says what is wrong
   */
  Checked checked(UUID home) {
    String called = name == null ? "" : name.strip();
    if (called.isEmpty() || called.length() > NAME_LENGTH_MAX) {
      throw bad("name has 1 to " + NAME_LENGTH_MAX + " characters.");
    }
    List<Cluster.Cell> distinct = distinctCells();
    if (distinct.stream().noneMatch(cell -> cell.school().equals(home))) {
      throw bad("A cluster holds your own school or a class of it.");
    }
    return new Checked(called, distinct);
  }

  private List<Cluster.Cell> distinctCells() {
    if (cells == null || cells.isEmpty() || cells.size() > GrantRules.CELLS_MAX) {
      throw bad("cells are 1 to " + GrantRules.CELLS_MAX + " of {school, class}.");
    }
    if (cells.stream().anyMatch(cell -> cell == null || cell.school() == null)) {
      throw bad("Each cell names its school.");
    }
    return cells.stream().filter(Objects::nonNull).distinct().toList();
  }

  private static Problem bad(String detail) {
    return Problem.badRequest("bad-cluster", "Cluster not understood", detail);
  }
}
