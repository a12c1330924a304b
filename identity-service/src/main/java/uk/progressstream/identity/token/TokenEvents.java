package uk.progressstream.identity.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.progressstream.identity.account.Bound;
import uk.progressstream.identity.account.SignedIn;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.scope.ClassCell;

/** What a sign-in tells the logs: each school's what concerns it. */
final class TokenEvents {
  private TokenEvents() {}

  static List<Deed> of(SignedIn signedIn, AccessToken token) {
    List<Deed> deeds = new ArrayList<>();
    signedIn.bound().forEach(bound -> deeds.add(taken(bound)));
    Set<UUID> schools = token.schools();
    if (schools.isEmpty()) {
      deeds.add(issued(AuditEvent.COMPANY, token));
    }
    schools.forEach(school -> deeds.add(issued(school, token)));
    return deeds;
  }

  private static Deed taken(Bound bound) {
    return Deed.of(
        "invitation.bound",
        bound.school(),
        event ->
            event
                .actor(bound.account(), bound.role().code())
                .resource("invitation")
                .concerns(bound.invitation()));
  }

  private static Deed issued(UUID school, AccessToken token) {
    Set<UUID> classes =
        token.grant().cells().classes().stream()
            .filter(cell -> cell.school().equals(school))
            .map(ClassCell::schoolClass)
            .collect(Collectors.toSet());
    return Deed.of(
        "token.issued",
        school,
        event ->
            event
                .actor(token.account(), token.grant().role())
                .purpose(token.grant().purpose())
                .resource("token")
                .classes(classes)
                .concerns(token.id()));
  }
}
