package uk.progressstream.ingest.value;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Our own small tables that ship in the jar: CSV, lines with # are comments. */
public final class DataTable {
  private DataTable() {}

  /** The rows of {@code /ingest/<path>}; a missing file is a broken build. */
  public static List<List<String>> read(String path) {
    InputStream file = DataTable.class.getResourceAsStream("/ingest/" + path);
    if (file == null) {
      throw new IllegalStateException("missing data file " + path);
    }
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(file, StandardCharsets.UTF_8)) {
      return rows.stream().map(CsvRecord::getFields).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Words compare without regard to case, and with spaces, dashes and underscores as one thing. */
  static String key(String text) {
    return text.strip().toLowerCase(java.util.Locale.ROOT).replaceAll("[\\s_\\-–]+", "-");
  }
}
