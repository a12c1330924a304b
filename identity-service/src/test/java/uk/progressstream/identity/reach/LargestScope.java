package uk.progressstream.identity.reach;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import uk.progressstream.identity.grant.Cells;
import uk.progressstream.identity.grant.Grant;
import uk.progressstream.identity.grant.GrantDecision;
import uk.progressstream.identity.grant.GrantDecision.Granted;
import uk.progressstream.identity.grant.GrantRules;
import uk.progressstream.identity.grant.HeldCell;
import uk.progressstream.identity.grant.HeldLease;
import uk.progressstream.identity.grant.Membership;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.identity.grant.Standing;
import uk.progressstream.identity.grant.Wish;

/** What the rules grant to somebody who has as much of everything as there can be. */
final class LargestScope {
  private static final List<UUID> SCHOOLS = Stream.generate(UUID::randomUUID).limit(3).toList();
  private static final UUID CLUSTER = UUID.randomUUID();

  private LargestScope() {}

  /** Of a role held at three schools, with clusters over all of them, and a lease nobody asked. */
  static Grant of(Role role) {
    return decide(new Standing(Set.of(), held(role), clusters(), Optional.of(lease()), true));
  }

  /** Of a teacher whose clusters hold single classes. */
  static Grant ofTeacherWithClasses() {
    List<HeldCell> classes =
        SCHOOLS.stream()
            .map(each -> new HeldCell(CLUSTER, each, false, Set.of(UUID.randomUUID())))
            .toList();
    return decide(new Standing(Set.of(), held(Role.TEACHER), classes, Optional.empty(), true));
  }

  /** Of somebody who has no role and several invitations. */
  static Grant ofInvited() {
    return decide(new Standing(Set.of(), List.of(), List.of(), Optional.empty(), true));
  }

  /** Of staff with every role at three schools besides, and clusters over all of them. */
  static Grant ofStaff(Set<String> permissions, boolean withLease) {
    return decide(
        new Standing(
            permissions,
            Arrays.stream(Role.values()).flatMap(role -> held(role).stream()).toList(),
            clusters(),
            withLease ? Optional.of(lease()) : Optional.empty(),
            true));
  }

  /** In words. */
  static String words(Cells cells) {
    int schools = cells.anySchools().size();
    return switch (cells.kind()) {
      case NONE -> "no school";
      case SCHOOL -> schools == 1 ? "one whole school" : "whole schools of clusters that work";
      case CLASS -> "classes of clusters that work";
    };
  }

  private static List<Membership> held(Role role) {
    return SCHOOLS.stream().map(each -> new Membership(each, role, Instant.EPOCH)).toList();
  }

  private static List<HeldCell> clusters() {
    return SCHOOLS.stream()
        .map(each -> new HeldCell(CLUSTER, each, true, Set.of(UUID.randomUUID())))
        .toList();
  }

  private static HeldLease lease() {
    return new HeldLease(UUID.randomUUID(), SCHOOLS.get(0));
  }

  private static Grant decide(Standing standing) {
    GrantDecision decision = GrantRules.decide(standing, Wish.ANY);
    if (!(decision instanceof Granted granted)) {
      throw new IllegalStateException("nothing is granted: " + decision);
    }
    return granted.grant();
  }
}
