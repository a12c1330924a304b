package uk.progressstream.identity.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, as an admin of any school in it sees it.
 *
 * @param home the school whose admin made it
 * @param closed whether it is over for good
 * @param works whether it gives anything: not closed, and every school in it has agreed
 * @param approvals one a school, in the order of their ids
 * @param accounts who has it
 */
public record Cluster(
    UUID id,
    String name,
    UUID home,
    OffsetDateTime createdAt,
    boolean closed,
    boolean works,
    List<Cell> cells,
    List<Approval> approvals,
    List<Assignment> accounts) {

  /** A class of a school, or the whole school where the class is null. */
  public record Cell(UUID school, @JsonInclude @JsonProperty("class") @Nullable UUID schoolClass) {}

  /** Since when a school agrees; null where it does not yet. */
  public record Approval(UUID school, @JsonInclude @Nullable OffsetDateTime approvedAt) {}

  /** A teacher who has the cluster, and of which school. */
  public record Assignment(UUID school, UUID account) {}

  /** Every school in it. */
  Set<UUID> schools() {
    return approvals.stream().map(Approval::school).collect(Collectors.toSet());
  }

  boolean has(UUID account) {
    return accounts.stream().anyMatch(each -> each.account().equals(account));
  }

  boolean says(NewCluster.Checked request) {
    return name.equals(request.name())
        && new HashSet<>(cells).equals(new HashSet<>(request.cells()));
  }
}
