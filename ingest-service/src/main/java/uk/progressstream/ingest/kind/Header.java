package uk.progressstream.ingest.kind;

import java.util.List;

/**
 * The header of a file that was accepted.
 *
 * @param columns canonical names in the order of the file
 */
public record Header(List<String> columns) {

  /** Position of a column from 1, or 0 where the file has none of that name. */
  public int positionOf(String column) {
    return columns.indexOf(column) + 1;
  }
}
