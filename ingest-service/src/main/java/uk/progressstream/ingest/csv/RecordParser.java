package uk.progressstream.ingest.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.finding.ProblemCode;

/** FastCSV behind our own failures: its messages may quote the file, so they end here. */
final class RecordParser implements Closeable {
  // FastCSV fills a buffer of this size at a time; no cell may be longer than its largest buffer.
  private static final int BUFFER_CHARS_MIN = 16_384;

  private final CloseableIterator<CsvRecord> records;

  RecordParser(RecordTracker text, CsvLimits limits) {
    int recordCharsMax = Math.max(BUFFER_CHARS_MIN, limits.rowCharsMax());
    this.records =
        CsvReader.builder()
            .skipEmptyLines(false)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(true)
            .maxBufferSize(2 * recordCharsMax)
            .build(
                CsvRecordHandler.builder()
                    .maxFields(limits.columnsMax())
                    .maxFieldSize(recordCharsMax)
                    .maxRecordSize(recordCharsMax)
                    .build(),
                text)
            .iterator();
  }

  /** The cells of the next record, or null after the last. */
  @Nullable List<String> next() throws UnreadableFile {
    try {
      return records.hasNext() ? cells(records.next()) : null;
    } catch (CsvParseException | UncheckedIOException stopped) {
      throw unreadable(stopped);
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  private static List<String> cells(CsvRecord fields) {
    return fields.getFields().stream().map(Blanks::strip).toList();
  }

  // The text's own limit is below every one of the parser's but this one.
  private static UnreadableFile unreadable(RuntimeException stopped) {
    if (stopped.getCause() instanceof UnreadableFile reason) {
      return reason;
    }
    return new UnreadableFile(ProblemCode.TOO_MANY_COLUMNS);
  }
}
