package uk.progressstream.ingest.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * Watches the text on its way to the parser: how long the current record is, and how the text
 * ended. A quotation mark that is never closed swallows the rest of a file, and a parser alone
 * would hold all of it in memory first.
 */
final class RecordTracker extends FilterReader {
  private enum State {
    CELL_START,
    PLAIN,
    QUOTED,
    QUOTE_SEEN
  }

  private final int rowCharsMax;
  private State state = State.CELL_START;
  private int rowChars;
  private boolean lineEnded = true;
  private @Nullable ProblemCode stop;

  RecordTracker(Reader text, int rowCharsMax) {
    super(text);
    this.rowCharsMax = rowCharsMax;
  }

  /** Whether the text so far ends inside a quoted cell. */
  boolean insideQuotes() {
    return state == State.QUOTED;
  }

  /** Whether the text so far ends with a line break outside quotes, or is empty. */
  boolean lineEnded() {
    return lineEnded;
  }

  /** Gives out the text before a stop first, so that the rows in it are not lost. */
  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (stop != null) {
      throw new UnreadableFile(stop);
    }
    int count = in.read(target, offset, length);
    for (int i = offset; i < offset + count; i++) {
      state = next(target[i]);
      if (stop != null) {
        return i == offset ? read(target, offset, length) : i - offset;
      }
      // FastCSV 4.0.0 takes a CR inside quotes and a later LF for one line end, and joins two rows.
      if (state == State.QUOTED && target[i] == '\r') {
        target[i] = ' ';
      }
    }
    return count;
  }

  private State next(char c) {
    boolean breaks = state != State.QUOTED && (c == '\n' || c == '\r');
    lineEnded = breaks;
    rowChars = breaks ? 0 : rowChars + 1;
    if (rowChars > rowCharsMax) {
      stop = ProblemCode.LINE_TOO_LONG;
    } else if (c == 0) {
      stop = ProblemCode.NOT_TEXT;
    }
    if (state == State.QUOTED) {
      return c == '"' ? State.QUOTE_SEEN : State.QUOTED;
    }
    if (breaks || c == ',') {
      return State.CELL_START;
    }
    // In a cell that began with a quotation mark every further one opens or closes; elsewhere they
    // are text.
    if (c == '"' && state != State.PLAIN) {
      return State.QUOTED;
    }
    return state == State.QUOTE_SEEN ? State.QUOTE_SEEN : State.PLAIN;
  }
}
