package uk.progressstream.breach.finding;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import uk.progressstream.breach.request.IdempotencyKey;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;

/** Adding to the timeline of a breach. */
@ApplicationScoped
public class FindingService {
  private final ScopedDatabase database;
  private final FindingRepository repository;

  FindingService(ScopedDatabase database, FindingRepository repository) {
    this.database = database;
    this.repository = repository;
  }

  /** Adds a finding, or gives the one that the same key has added. */
  Uni<Finding> add(Caller caller, UUID breach, NewFinding.Checked finding, IdempotencyKey key) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .insert(connection, breach, caller.account(), finding, key)
                .chain(() -> repository.byKey(connection, breach, caller.account(), key))
                .invoke(stored -> sameOrRefused(stored, finding)));
  }

  private static void sameOrRefused(Finding stored, NewFinding.Checked asked) {
    if (!stored.kind().equals(asked.kind()) || !stored.text().equals(asked.text())) {
      throw IdempotencyKey.reused();
    }
  }
}
