package uk.progressstream.ingest.csv;

/** White space as exports contain it. */
final class Blanks {
  private Blanks() {}

  /** Without white space, no-break spaces and stray byte order marks at either end. */
  static String strip(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && blank(cell.charAt(from))) {
      from++;
    }
    while (to > from && blank(cell.charAt(to - 1))) {
      to--;
    }
    return cell.substring(from, to);
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c < ' ';
  }
}
