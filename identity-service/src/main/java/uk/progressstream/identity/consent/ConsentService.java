package uk.progressstream.identity.consent;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.problem.Problem;

/** Giving and taking back consents. */
@ApplicationScoped
public class ConsentService {
  private final ScopedDatabase database;
  private final Disclosures disclosures;
  private final ConsentRepository repository;
  private final Outbox outbox;

  ConsentService(
      ScopedDatabase database,
      Disclosures disclosures,
      ConsentRepository repository,
      Outbox outbox) {
    this.database = database;
    this.disclosures = disclosures;
    this.repository = repository;
    this.outbox = outbox;
  }

  Uni<Consent> find(Caller caller, UUID school, String purpose) {
    return disclosures.read(
        Reading.of(caller, "consents.read", "consent-" + purpose, school),
        connection -> existing(connection, school, purpose),
        found -> List.of(found.givenBy()));
  }

  /** Gives it; that it was given before changes nothing. */
  Uni<Consent> give(Caller caller, UUID school, String purpose) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .give(connection, school, purpose)
                .call(
                    given -> recordIf(given, connection, caller, "consent.given", school, purpose))
                .chain(() -> existing(connection, school, purpose)));
  }

  /** Takes it back; that there was none changes nothing. */
  Uni<Void> withdraw(Caller caller, UUID school, String purpose) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .withdraw(connection, school, purpose)
                .call(
                    done ->
                        recordIf(done, connection, caller, "consent.withdrawn", school, purpose))
                .replaceWithVoid());
  }

  private Uni<Consent> existing(SqlConnection connection, UUID school, String purpose) {
    return repository
        .find(connection, school, purpose)
        .map(found -> found.orElseThrow(Problem::notFound));
  }

  private Uni<?> recordIf(
      boolean changed,
      SqlConnection connection,
      Caller caller,
      String kind,
      UUID school,
      String purpose) {
    if (!changed) {
      return Uni.createFrom().voidItem();
    }
    return outbox.record(
        connection, AuditEvent.of(kind, school).actor(caller).resource("consent-" + purpose));
  }
}
