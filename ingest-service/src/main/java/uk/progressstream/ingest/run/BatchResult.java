package uk.progressstream.ingest.run;

import java.util.List;
import uk.progressstream.ingest.finding.Finding;

/**
 * What became of a batch.
 *
 * @param accepted rows that are stored now
 * @param unchanged those of them that were stored before, exactly so
 * @param refused one finding for each row that could not be stored
 */
public record BatchResult(int accepted, int unchanged, List<Finding> refused) {}
