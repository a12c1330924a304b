package uk.progressstream.ingest.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * The rows of a file, pulled one at a time: two rows and two buffers are in memory at most, and
 * nothing is read before somebody asks for it. Blank rows are stepped over but counted. One row is
 * read ahead, since only the last one can be cut off.
 */
public final class CsvRows implements Closeable {
  private final BoundedBytes bytes;
  private final EncodedText text;
  private final RecordTracker tracker;
  private final RecordParser parser;
  private final long recordsMax;
  private @Nullable List<String> ahead;
  private @Nullable UnreadableFile stopped;
  private int headerCells;
  private long number;

  /** Reads {@code source} within the limits; closing this closes the source. */
  public CsvRows(InputStream source, CsvLimits limits) {
    this.bytes = new BoundedBytes(source, limits.bytesMax());
    this.text = new EncodedText(bytes);
    this.tracker = new RecordTracker(text, limits.rowCharsMax());
    this.parser = new RecordParser(tracker, limits);
    this.recordsMax = limits.rowsMax() + 1;
  }

  /**
   * The next row that is not blank, or null after the last.
   *
   * @throws UnreadableFile where reading can't go on; the rows before it were all given out
   */
  public @Nullable CsvRow next() throws UnreadableFile {
    if (number == 0) {
      readAhead();
      headerCells = ahead == null ? 0 : ahead.size();
    }
    while (ahead != null) {
      CsvRow row = advance(ahead);
      if (!row.blank()) {
        return row;
      }
    }
    if (stopped != null) {
      throw stopped;
    }
    return null;
  }

  /** Bytes read so far. */
  public long bytes() {
    return bytes.bytes();
  }

  /** Number of the last row that was given out or stepped over, the header being 1. */
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private CsvRow advance(List<String> cells) {
    number++;
    readAhead();
    boolean last = ahead == null && stopped == null && !tracker.lineEnded();
    boolean cutOff =
        last && (tracker.insideQuotes() || text.cutOff() || cells.size() < headerCells);
    return new CsvRow(number, cells, cutOff);
  }

  // A failure here belongs to the row ahead: the current one is still good.
  private void readAhead() {
    try {
      ahead = parser.next();
      if (ahead != null && number >= recordsMax) {
        ahead = null;
        stopped = new UnreadableFile(ProblemCode.TOO_MANY_ROWS);
      }
    } catch (UnreadableFile reason) {
      ahead = null;
      stopped = reason;
    }
  }
}
