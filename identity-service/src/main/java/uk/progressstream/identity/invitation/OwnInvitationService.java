package uk.progressstream.identity.invitation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.invitation.OwnInvitationRepository.Accepted;
import uk.progressstream.identity.me.Me;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** What waits for the caller to accept it. */
@ApplicationScoped
public class OwnInvitationService {
  private final ScopedDatabase database;
  private final Disclosures disclosures;
  private final OwnInvitationRepository repository;
  private final Witness witness;

  OwnInvitationService(
      ScopedDatabase database,
      Disclosures disclosures,
      OwnInvitationRepository repository,
      Witness witness) {
    this.database = database;
    this.disclosures = disclosures;
    this.repository = repository;
    this.witness = witness;
  }

  /** A page; in the company's log, since it is no business of the caller's other schools. */
  Uni<Page<OwnInvitation>> page(Caller caller, @Nullable UUID after, int limit) {
    return disclosures.page(
        new Reading(caller, "invitations.read", "own-invitations", Set.of(AuditEvent.COMPANY)),
        connection ->
            repository
                .page(connection, after, limit + 1)
                .map(rows -> Page.of(rows, limit, last -> last.id().toString())),
        OwnInvitation::id);
  }

  /** Accepts one; again, it changes nothing. Fails with 404 where none of this id was offered. */
  Uni<Me.Membership> accept(Caller caller, UUID id) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .accept(connection, id)
                .map(found -> found.orElseThrow(Problem::notFound))
                .call(accepted -> record(connection, caller, id, accepted))
                .map(each -> new Me.Membership(each.role(), each.school(), each.since())));
  }

  private Uni<Void> record(SqlConnection connection, Caller caller, UUID id, Accepted accepted) {
    if (!accepted.fresh()) {
      return Uni.createFrom().voidItem();
    }
    Deed deed =
        Deed.of(
            "invitation.bound",
            accepted.school(),
            event ->
                event.actor(caller.account(), accepted.role()).resource("invitation").concerns(id));
    return witness.record(connection, caller.account(), List.of(deed));
  }
}
