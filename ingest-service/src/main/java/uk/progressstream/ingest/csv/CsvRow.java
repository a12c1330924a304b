package uk.progressstream.ingest.csv;

import java.util.List;

/**
 * One row as it was sent, checked for nothing yet.
 *
 * @param number record number as a spreadsheet counts, the header being 1
 * @param cells without white space around them; at most {@link CsvLimits#columnsMax()}
 * @param cutOff whether the file ended inside this row, so that its last cell may be half of one
 */
public record CsvRow(long number, List<String> cells, boolean cutOff) {

  /** Whether every cell is empty, as in the lines of commas that spreadsheets leave at the end. */
  public boolean blank() {
    return cells.stream().allMatch(String::isEmpty);
  }

  /** The number only: cells are never printed. */
  @Override
  public String toString() {
    return "CsvRow[" + number + "]";
  }
}
