package uk.progressstream.identity.history;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.page.Page;

/** Pages of what changed. */
@ApplicationScoped
public class HistoryService {
  private final Disclosures disclosures;
  private final HistoryRepository repository;

  HistoryService(Disclosures disclosures, HistoryRepository repository) {
    this.disclosures = disclosures;
    this.repository = repository;
  }

  Uni<Page<Change>> ofSchool(Caller caller, UUID school, @Nullable String after, int limit) {
    ChangeCursor cursor = ChangeCursor.read(after);
    return disclosures.page(
        Reading.of(caller, "history.read", "history", school),
        connection ->
            repository
                .ofSchool(connection, school, cursor, limit + 1)
                .map(rows -> Page.of(rows, limit, Change::cursor)),
        Change::id);
  }

  /** Empty for a cluster that the caller's school is not in. */
  Uni<Page<Change>> ofCluster(Caller caller, UUID cluster, @Nullable String after, int limit) {
    ChangeCursor cursor = ChangeCursor.read(after);
    return disclosures.page(
        Reading.of(caller, "history.read", "cluster-history"),
        connection ->
            repository
                .ofCluster(connection, cluster, cursor, limit + 1)
                .map(rows -> Page.of(rows, limit, Change::cursor)),
        Change::id);
  }
}
