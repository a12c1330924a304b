package uk.progressstream.ingest.run;

import uk.progressstream.ingest.csv.CsvLimits;

/**
 * Limits of one upload.
 *
 * @param csv limits of its file
 * @param problemsMax problems that are listed; the count of refused rows goes on
 */
public record RunLimits(CsvLimits csv, int problemsMax) {}
