package uk.progressstream.ingest.finding;

/**
 * One problem of a file. It is safe to store and show: nothing in it is text from the file.
 *
 * @param row record number as a spreadsheet counts, the header being 1; 0 for the file as a whole
 * @param column position from 1; 0 for the row as a whole
 * @param columnName canonical name from our own lists, or empty where the column is not in one
 * @param code what is wrong
 * @param detail name of the scale or list that the hint should spell out, or empty
 */
public record Finding(long row, int column, String columnName, ProblemCode code, String detail) {

  /** A problem of the file as a whole. */
  public static Finding ofFile(ProblemCode code) {
    return new Finding(0, 0, "", code, "");
  }

  /** A problem of a whole row. */
  public static Finding ofRow(long row, ProblemCode code) {
    return new Finding(row, 0, "", code, "");
  }
}
