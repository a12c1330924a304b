package uk.progressstream.identity.me;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who the caller is to this system.
 *
 * @param role what this token is for
 * @param roles every role that the account has anywhere
 * @param permissions what this token permits on its schools and classes
 * @param schools those in this token's scope
 * @param memberships each role with its school
 * @param clusters each cluster of the account, with what it still waits for
 * @param waitingInvitations how many wait for the account to accept them; 100 stand for more
 * @param employeeSession an employee's live lease
 */
public record Me(
    UUID account,
    String role,
    List<String> roles,
    List<String> permissions,
    List<InScope> schools,
    List<Membership> memberships,
    List<Cluster> clusters,
    int waitingInvitations,
    @JsonInclude @Nullable Session employeeSession) {

  /**
   * A school in scope.
   *
   * @param whole whether all of its classes are
   * @param classes the classes that are, where not all
   */
  public record InScope(UUID id, String name, String urn, boolean whole, List<UUID> classes) {}

  /** A role at a school. */
  public record Membership(String role, UUID school, OffsetDateTime since) {}

  /**
   * A cluster that the account has.
   *
   * @param works whether it gives anything
   * @param waitsFor schools that have not agreed
   */
  @Schema(name = "OwnCluster")
  public record Cluster(
      UUID id, String name, boolean works, boolean closed, List<Cell> cells, List<UUID> waitsFor) {}

  /** A class, or a whole school where the class is null. */
  @Schema(name = "OwnClusterCell")
  public record Cell(UUID school, @JsonInclude @JsonProperty("class") @Nullable UUID schoolClass) {}

  /** A lease. */
  public record Session(
      UUID id, UUID school, String reason, OffsetDateTime takenAt, OffsetDateTime expiresAt) {}
}
