package uk.progressstream.identity.invitation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.identity.request.CreationId;
import uk.progressstream.identity.request.SqlRefusal;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Inviting people and machines to one's own school. */
@ApplicationScoped
public class InvitationService {
  private final ScopedDatabase database;
  private final Disclosures disclosures;
  private final InvitationRepository repository;
  private final Outbox outbox;

  InvitationService(
      ScopedDatabase database,
      Disclosures disclosures,
      InvitationRepository repository,
      Outbox outbox) {
    this.database = database;
    this.disclosures = disclosures;
    this.repository = repository;
    this.outbox = outbox;
  }

  /** Invites; the same invitation again where the id says that it is the same request. */
  Uni<Invitation> invite(Caller caller, UUID school, UUID id, Invitee invitee) {
    Addressee addressee = Addressee.of(invitee);
    String role = role(invitee.role());
    return database
        .inScope(
            caller.scope(), connection -> invite(connection, caller, school, id, addressee, role))
        .onFailure(SqlRefusal::tooMany)
        .transform(e -> tooMany());
  }

  Uni<Page<Invitation>> page(Caller caller, UUID school, @Nullable UUID after, int limit) {
    return disclosures.page(
        Reading.of(caller, "invitations.read", "invitations", school),
        connection ->
            repository
                .page(connection, school, after, limit + 1)
                .map(rows -> Page.of(rows, limit, last -> last.id().toString())),
        Invitation::id);
  }

  /** Takes an open invitation back; fails with 404 where there is none. */
  Uni<Void> revoke(Caller caller, UUID school, UUID id) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .revoke(connection, school, id)
                .invoke(InvitationService::orNotFound)
                .chain(() -> record(connection, caller, "invitation.revoked", school, id))
                .replaceWithVoid());
  }

  private Uni<Invitation> invite(
      SqlConnection connection,
      Caller caller,
      UUID school,
      UUID id,
      Addressee addressee,
      String role) {
    return repository
        .add(connection, school, id, addressee, role)
        .call(
            added ->
                added
                    ? record(connection, caller, "invitation.created", school, id)
                    : Uni.createFrom().voidItem())
        .chain(() -> repository.find(connection, school, id))
        .map(found -> found.orElseThrow(CreationId::usedBefore))
        .invoke(found -> requireSame(found, addressee, role));
  }

  private Uni<UUID> record(
      SqlConnection connection, Caller caller, String kind, UUID school, UUID id) {
    return outbox.record(
        connection, AuditEvent.of(kind, school).actor(caller).resource("invitation").concerns(id));
  }

  private static void requireSame(Invitation found, Addressee addressee, String role) {
    if (!found.sameRequest(addressee, role)) {
      throw CreationId.usedBefore();
    }
  }

  private static Problem tooMany() {
    return Problem.conflict(
        "too-many-invitations",
        "More open invitations than a school may have",
        "A school may have at most 2,000 open invitations; revoke some first.");
  }

  private static void orNotFound(boolean done) {
    if (!done) {
      throw Problem.notFound();
    }
  }

  private static String role(@Nullable String asked) {
    return Role.of(asked == null ? "" : asked)
        .filter(Role::invitable)
        .orElseThrow(
            () ->
                Problem.badRequest(
                    "bad-role",
                    "Role not understood",
                    "role is admin, teacher, data-protection or partner-system."))
        .code();
  }
}
