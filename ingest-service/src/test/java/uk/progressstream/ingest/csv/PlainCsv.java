package uk.progressstream.ingest.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * CSV read by the book, character by character, to hold a fast parser against: a cell that begins
 * with a quotation mark goes on over commas and line ends until its marks are even; CR, LF and CRLF
 * end a row.
 */
final class PlainCsv {
  private final List<Integer> sizes = new ArrayList<>();
  private int cells;
  private boolean cellBegun;
  private boolean quoted;
  private boolean open;

  private PlainCsv() {}

  /** How many cells each row has; an empty line is a row of one. */
  static List<Integer> cellsOfRows(String csv) {
    PlainCsv reading = new PlainCsv();
    for (int i = 0; i < csv.length(); i++) {
      boolean afterReturn = i > 0 && csv.charAt(i - 1) == '\r';
      if (csv.charAt(i) != '\n' || !afterReturn || reading.open || reading.cells > 0) {
        reading.take(csv.charAt(i));
      }
    }
    if (reading.cells > 0) {
      reading.endRow();
    }
    return reading.sizes;
  }

  private void take(char c) {
    cells = Math.max(1, cells);
    if (!open && (c == '\n' || c == '\r')) {
      endRow();
    } else if (!open && c == ',') {
      cells++;
      endCell();
    } else {
      quoted |= !cellBegun && c == '"';
      open ^= quoted && c == '"';
      cellBegun = true;
    }
  }

  private void endCell() {
    cellBegun = false;
    quoted = false;
  }

  private void endRow() {
    sizes.add(cells);
    cells = 0;
    open = false;
    endCell();
  }
}
