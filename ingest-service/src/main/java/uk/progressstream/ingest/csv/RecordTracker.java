package uk.progressstream.ingest.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
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

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    for (int i = offset; i < offset + count; i++) {
      state = next(target[i]);
      if (rowChars > rowCharsMax) {
        throw new UnreadableFile(ProblemCode.LINE_TOO_LONG);
      }
    }
    return count;
  }

  private State next(char c) {
    boolean breaks = state != State.QUOTED && (c == '\n' || c == '\r');
    lineEnded = breaks;
    rowChars = breaks ? 0 : rowChars + 1;
    if (state == State.QUOTED) {
      return c == '"' ? State.QUOTE_SEEN : State.QUOTED;
    }
    if (breaks || c == ',') {
      return State.CELL_START;
    }
    return c == '"' && state != State.PLAIN ? State.QUOTED : State.PLAIN;
  }
}
