package uk.progressstream.audit.records;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import uk.progressstream.audit.witness.LogGuard;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.disclosure.Disclosure;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.RecordedDownload;

/**
 * Records as a download, recorded like any other: so the last ones that it gives include the one
 * about itself, and a reader can see that it is not an old copy.
 */
@ApplicationScoped
public class RecordExport {
  private static final List<String> COLUMNS = List.of("leafIndex", "record", "salt");

  private final RecordRepository repository;
  private final LogGuard guard;
  private final Disclosures disclosures;

  RecordExport(RecordRepository repository, LogGuard guard, Disclosures disclosures) {
    this.repository = repository;
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
    Multi<String> lines =
        disclosures
            .pages(
                download,
                (connection, school, after) ->
                    repository.exportPage(connection, filter, school, after))
            .invoke(page -> page.forEach(record -> count(record, download)))
            .map(page -> page.stream().map(StoredRecord::line).collect(Collectors.joining()));
    return disclosures.recorded(download, lines);
  }

  private static void count(StoredRecord record, RecordedDownload download) {
    download.tally().add(record.school(), record.id());
  }
}
