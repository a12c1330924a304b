package uk.progressstream.identity.errand;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.errand.ErrandRepository.Ended;
import uk.progressstream.identity.errand.ErrandRepository.Taken;
import uk.progressstream.identity.grant.Cells;
import uk.progressstream.identity.grant.Grant;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.identity.token.AccessToken;
import uk.progressstream.identity.token.AccessTokens;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outcome;
import uk.progressstream.platform.problem.Problem;

/**
 * One school after another for jobs and for breach officers. Each start, end and refusal is a
 * record: in the school's log where the school is there, else in the company's.
 */
@ApplicationScoped
public class ErrandService {
  private static final String ROLE = "errand";
  private static final String TAKEN = "taken";

  private final ScopedDatabase database;
  private final ErrandRepository repository;
  private final AccessTokens tokens;
  private final OwnScopes scopes;
  private final Witness witness;
  private final Clock clock = Clock.systemUTC();

  ErrandService(
      ScopedDatabase database,
      ErrandRepository repository,
      AccessTokens tokens,
      OwnScopes scopes,
      Witness witness) {
    this.database = database;
    this.repository = repository;
    this.tokens = tokens;
    this.scopes = scopes;
    this.witness = witness;
  }

  /** A job that runs errands for itself. */
  Sender job(String peer) {
    return new Sender(OwnScopes.serviceAccount(peer), ROLE, scopes.errand());
  }

  /** Takes a school; fails with 404 without consent, 409 while the job holds a school. */
  Uni<AccessToken> take(Sender sender, Errand errand, UUID school) {
    AccessToken token =
        tokens.issue(
            sender.account(),
            new Grant(
                ROLE,
                errand.permissions(),
                Cells.wholeSchool(school),
                Optional.empty(),
                errand.purpose()),
            clock.instant(),
            errand.audience());
    return database
        .inScope(
            sender.scope(),
            sender.account(),
            connection -> take(connection, sender, errand, school, token))
        .invoke(taken -> orRefused(taken.outcome()))
        .replaceWith(token);
  }

  /** Hands a school back before its time; that it is over changes nothing. */
  Uni<Void> end(Sender sender, Errand errand, UUID token) {
    return database.inScope(
        sender.scope(),
        sender.account(),
        connection ->
            repository
                .end(connection, token, errand)
                .map(school -> school.map(id -> new Ended(token, id)))
                .chain(
                    ended -> witness.record(connection, sender.account(), endings(sender, ended))));
  }

  /** A page of the schools that the purpose may concern. */
  Uni<List<UUID>> schools(Sender sender, Errand errand, @Nullable UUID after, int limit) {
    return database.inScope(
        sender.scope(),
        sender.account(),
        connection -> repository.schools(connection, errand, after, limit));
  }

  /** Somebody asked for what is not theirs: nothing comes of it but the record. */
  Uni<Void> refused(Sender sender, String purpose, String because) {
    Deed deed = refusal(AuditEvent.COMPANY, sender, purpose, because);
    return database.inScope(
        sender.scope(),
        sender.account(),
        connection -> witness.record(connection, sender.account(), List.of(deed)));
  }

  private Uni<Taken> take(
      SqlConnection connection, Sender sender, Errand errand, UUID school, AccessToken token) {
    return repository
        .take(connection, school, token, errand)
        .call(
            taken ->
                witness.record(
                    connection,
                    sender.account(),
                    deeds(sender, errand.purpose(), school, token, taken)));
  }

  private static List<Deed> deeds(
      Sender sender, String purpose, UUID school, AccessToken token, Taken taken) {
    if (!taken.outcome().equals(TAKEN)) {
      UUID log = taken.outcome().equals("no-school") ? AuditEvent.COMPANY : school;
      return List.of(refusal(log, sender, purpose, taken.outcome()));
    }
    List<Deed> deeds = new ArrayList<>(endings(sender, taken.before()));
    deeds.add(
        Deed.of(
            "errand.issued",
            school,
            event ->
                event
                    .actor(sender.account(), sender.role())
                    .purpose(purpose)
                    .resource("errand")
                    .concerns(token.id())));
    return deeds;
  }

  private static List<Deed> endings(Sender sender, Optional<Ended> ended) {
    return ended.stream()
        .map(
            each ->
                Deed.of(
                    "errand.ended",
                    each.school(),
                    event ->
                        event
                            .actor(sender.account(), sender.role())
                            .resource("errand")
                            .concerns(each.token())))
        .toList();
  }

  private static Deed refusal(UUID log, Sender sender, String purpose, String because) {
    return Deed.of(
        "errand.refused",
        log,
        event ->
            event
                .actor(sender.account(), sender.role())
                .purpose(purpose)
                .resource("errand-" + because)
                .outcome(Outcome.REFUSED));
  }

  private static void orRefused(String outcome) {
    if (outcome.equals("busy")) {
      throw Problem.conflict(
          "one-school-at-a-time",
          "One school at a time",
          "Hand back the school that this job holds before you take the next.");
    }
    if (!outcome.equals(TAKEN)) {
      throw Problem.notFound();
    }
  }
}
