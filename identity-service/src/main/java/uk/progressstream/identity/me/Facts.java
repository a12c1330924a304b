package uk.progressstream.identity.me;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@code entry.me} answers, the schools in scope, and how many invitations wait. */
record Facts(
    List<Me.Membership> memberships,
    List<Cluster> clusters,
    Me.@Nullable Session lease,
    List<School> schools,
    int invitations) {

  record School(UUID id, String name, String urn) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Cluster(
      UUID id,
      String name,
      boolean works,
      boolean closed,
      List<Me.Cell> cells,
      List<Approval> approvals) {

    Me.Cluster explained() {
      List<UUID> waitsFor =
          approvals.stream()
              .filter(each -> each.approvedAt() == null)
              .map(Approval::school)
              .toList();
      return new Me.Cluster(id, name, works, closed, cells, waitsFor);
    }
  }

  record Approval(UUID school, @Nullable OffsetDateTime approvedAt) {}
}
