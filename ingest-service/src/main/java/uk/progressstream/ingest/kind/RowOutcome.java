package uk.progressstream.ingest.kind;

import java.util.List;
import uk.progressstream.ingest.finding.Finding;

/** What came of one row. */
public sealed interface RowOutcome<T> {

  /** The row is good. */
  record Accepted<T>(T entry) implements RowOutcome<T> {}

  /** The row alone is refused. */
  record Refused<T>(List<Finding> findings) implements RowOutcome<T> {}
}
