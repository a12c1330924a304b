package uk.progressstream.identity.errand;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.Cells;
import uk.progressstream.identity.grant.Grant;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.identity.token.AccessToken;
import uk.progressstream.identity.token.AccessTokens;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.problem.Problem;

/**
 * One school after another for the jobs. Each start, end and refusal is a record: in the school's
 * log where the school is there, else in the company's.
 */
@ApplicationScoped
public class StandingErrandService {
  private static final String ROLE = "errand";
  private static final String TAKEN = "taken";

  private final ScopedDatabase database;
  private final StandingErrandRepository repository;
  private final AccessTokens tokens;
  private final OwnScopes scopes;
  private final Witness witness;
  private final Clock clock = Clock.systemUTC();

  StandingErrandService(
      ScopedDatabase database,
      StandingErrandRepository repository,
      AccessTokens tokens,
      OwnScopes scopes,
      Witness witness) {
    this.database = database;
    this.repository = repository;
    this.tokens = tokens;
    this.scopes = scopes;
    this.witness = witness;
  }

  /** Takes a school; fails with 404 without consent, 409 while the job holds a school. */
  Uni<AccessToken> take(StandingErrand errand, UUID school) {
    AccessToken token =
        tokens.issue(
            OwnScopes.serviceAccount(errand.job()),
            new Grant(
                ROLE,
                errand.permissions(),
                Cells.wholeSchool(school),
                Optional.empty(),
                errand.purpose()),
            clock.instant(),
            Set.of());
    return database
        .inScope(scopes.errand(), connection -> take(connection, errand, school, token))
        .invoke(StandingErrandService::orRefused)
        .replaceWith(token);
  }

  /** Ends an errand before its time; that it is over changes nothing. */
  Uni<Void> end(UUID token, UUID account, UUID school) {
    return database.inScope(
        scopes.errand(),
        connection ->
            repository
                .end(connection, token, account)
                .chain(ended -> ended(connection, ended, token, account, school)));
  }

  /** A page of the schools that consent. */
  Uni<List<UUID>> consenting(StandingErrand errand, @Nullable UUID after, int limit) {
    return database.inScope(
        scopes.errand(),
        connection -> repository.consenting(connection, errand.purpose(), after, limit));
  }

  /** A job asked for what is not its own: nothing comes of it but the record. */
  Uni<Void> refused(String job, String because) {
    UUID account = OwnScopes.serviceAccount(job);
    Deed deed = refusal(AuditEvent.COMPANY, account, job, because);
    return database.inScope(
        scopes.errand(), connection -> witness.record(connection, account, List.of(deed)));
  }

  private Uni<String> take(
      SqlConnection connection, StandingErrand errand, UUID school, AccessToken token) {
    return repository
        .take(connection, school, token, errand.purpose())
        .call(
            outcome ->
                witness.record(
                    connection,
                    token.account(),
                    List.of(deed(outcome, errand.purpose(), school, token))));
  }

  private Uni<Void> ended(
      SqlConnection connection, boolean ended, UUID token, UUID account, UUID school) {
    if (!ended) {
      return Uni.createFrom().voidItem();
    }
    Deed deed =
        Deed.of(
            "errand.ended",
            school,
            event -> event.actor(account, ROLE).resource("errand").concerns(token));
    return witness.record(connection, account, List.of(deed));
  }

  private static Deed deed(String outcome, String purpose, UUID school, AccessToken token) {
    if (!outcome.equals(TAKEN)) {
      UUID log = outcome.equals("no-school") ? AuditEvent.COMPANY : school;
      return refusal(log, token.account(), purpose, outcome);
    }
    return Deed.of(
        "errand.issued",
        school,
        event ->
            event
                .actor(token.account(), ROLE)
                .purpose(purpose)
                .resource("errand")
                .concerns(token.id()));
  }

  private static Deed refusal(UUID log, UUID account, String purpose, String because) {
    return Deed.of(
        "errand.refused",
        log,
        event ->
            event
                .actor(account, ROLE)
                .purpose(purpose)
                .resource("errand-" + because)
                .outcome("refused"));
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
