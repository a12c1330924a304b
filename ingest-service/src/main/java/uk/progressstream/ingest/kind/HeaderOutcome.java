package uk.progressstream.ingest.kind;

import java.util.List;
import uk.progressstream.ingest.finding.Finding;

/** What came of a header row. */
public sealed interface HeaderOutcome {

  /** The file may be read. */
  record Accepted(Header header) implements HeaderOutcome {}

  /** The whole file is refused, before any row is read. */
  record Refused(List<Finding> findings) implements HeaderOutcome {}
}
