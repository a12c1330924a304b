package uk.progressstream.ingest.run;

import java.util.List;
import uk.progressstream.ingest.finding.Finding;

/** Where an upload's state is kept for others to read. */
public interface UploadJournal {

  /**
   * Writes where the upload stands, and the problems found since the last call, in one transaction;
   * blocks.
   *
   * @param findings ordered by row
   */
  void write(UploadState state, Counts counts, List<Finding> findings);
}
