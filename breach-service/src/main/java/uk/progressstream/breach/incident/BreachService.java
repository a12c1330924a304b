package uk.progressstream.breach.incident;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.breach.request.IdempotencyKey;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.page.Page;

/** Opening breaches and saying how they stand. */
@ApplicationScoped
public class BreachService {
  private final ScopedDatabase database;
  private final Disclosures disclosures;
  private final BreachRepository repository;
  private final BreachEvents events;

  BreachService(
      ScopedDatabase database,
      Disclosures disclosures,
      BreachRepository repository,
      BreachEvents events) {
    this.database = database;
    this.disclosures = disclosures;
    this.repository = repository;
    this.events = events;
  }

  /** Opens a breach, or finds the one that the same key has opened. */
  Uni<Breach> open(Caller caller, IncidentDraft draft, IdempotencyKey key) {
    return database.inScope(
        caller.scope(),
        connection ->
            openOnce(connection, caller, draft, key)
                .chain(() -> repository.opened(connection, caller.account(), key, draft.hash()))
                .chain(id -> repository.one(connection, id)));
  }

  /** A page of breaches, oldest first. */
  Uni<Page<Breach>> page(Caller caller, @Nullable UUID after, int limit) {
    return disclosures.page(
        Reading.of(caller, "breach.read", "breach"),
        connection ->
            repository
                .page(connection, after, limit)
                .map(rows -> Page.of(rows, limit, breach -> breach.id().toString())),
        Breach::id);
  }

  /** One breach with its timeline. */
  Uni<BreachDetail> one(Caller caller, UUID id) {
    return disclosures.read(
        Reading.of(caller, "breach.read", "breach"),
        connection ->
            Uni.combine()
                .all()
                .unis(repository.one(connection, id), repository.timeline(connection, id))
                .usingConcurrencyOf(1)
                .with(Breach::with),
        found -> List.of(found.id()));
  }

  private Uni<Void> openOnce(
      SqlConnection connection, Caller caller, IncidentDraft draft, IdempotencyKey key) {
    UUID id = UUID.randomUUID();
    return repository
        .insert(connection, id, caller.account(), draft, key)
        .chain(
            isNew -> isNew ? complete(connection, caller, id, draft) : Uni.createFrom().voidItem());
  }

  private Uni<Void> complete(
      SqlConnection connection, Caller caller, UUID id, IncidentDraft draft) {
    return repository
        .suspect(connection, id, draft.suspects())
        .chain(() -> events.opened(connection, caller, id, draft))
        .replaceWithVoid();
  }
}
