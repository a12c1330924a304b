package uk.progressstream.identity.grant;

import java.util.Set;
import java.util.UUID;

/**
 * One cell that an account holds through a cluster that works.
 *
 * @param cluster the cluster
 * @param school the cell's school
 * @param whole whether it is the whole school
 * @param classes the open classes of the cell: all of the school's, or the one, or none if it
 *     closed
 */
public record HeldCell(UUID cluster, UUID school, boolean whole, Set<UUID> classes) {
  /** Keeps a copy. */
  public HeldCell {
    classes = Set.copyOf(classes);
  }
}
