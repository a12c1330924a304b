package uk.progressstream.ingest.run;

import java.util.List;
import uk.progressstream.ingest.kind.Entry;
import uk.progressstream.ingest.kind.SchoolClasses;

/**
 * The rest of the system as one upload needs it; calls block, and throw {@link RunStopped} after
 * bounded retries.
 */
public interface UploadPeers {

  /** The classes of the school that the caller's scope covers. */
  SchoolClasses classes();

  /**
   * Hands over a batch of one kind; the same batch twice changes nothing.
   *
   * @param batch 1 to {@link UploadRun#BATCH_ROWS_MAX} rows
   * @param idColumn position of the enrollment id in the file, for findings
   */
  BatchResult store(List<? extends Entry> batch, int idColumn);
}
