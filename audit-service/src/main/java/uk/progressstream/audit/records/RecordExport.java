package uk.progressstream.audit.records;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import uk.progressstream.audit.witness.LogGuard;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosure;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.RecordedDownload;

/**
 * Records as a download, recorded like any other: so the last ones that it gives include the one
 * about itself, and a reader can see that it is not an old copy.
 */
@ApplicationScoped
public class RecordExport {
  private static final int ROWS_PER_CHUNK = 500;
  private static final List<String> COLUMNS = List.of("leafIndex", "record", "salt");

  private final ScopedDatabase database;
  private final LogGuard guard;
  private final Disclosures disclosures;

  RecordExport(ScopedDatabase database, LogGuard guard, Disclosures disclosures) {
    this.database = database;
    this.guard = guard;
    this.disclosures = disclosures;
  }

  /** Begins; completes only when the log holds the record of it. */
  Uni<RecordedDownload> begin(Caller caller, RecordFilter filter) {
    Disclosure disclosure =
        new Disclosure(caller, "records", COLUMNS, false, matched -> filter.described());
    return guard
        .inScope(caller, connection -> Uni.createFrom().voidItem())
        .chain(() -> disclosures.begin(disclosure));
  }

  /** The lines of a download that has begun. */
  Multi<String> lines(RecordFilter filter, RecordedDownload download) {
    RecordQuery query = RecordQuery.of(filter);
    Multi<String> lines =
        database.stream(
                download.disclosure().caller().scope(),
                query.sql(),
                query.tuple(),
                ROWS_PER_CHUNK,
                StoredRecord::read)
            .invoke(record -> download.tally().add(record.school(), record.id()))
            .map(StoredRecord::line)
            .group()
            .intoLists()
            .of(ROWS_PER_CHUNK)
            .map(chunk -> chunk.stream().collect(Collectors.joining()));
    return disclosures.recorded(download, lines);
  }
}
