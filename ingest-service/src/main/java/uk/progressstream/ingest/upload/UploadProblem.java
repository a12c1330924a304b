package uk.progressstream.ingest.upload;

import org.jspecify.annotations.Nullable;

/**
 * A problem of an upload as the outside sees it; nothing in it is text from the file.
 *
 * @param row as a spreadsheet counts, the header being 1; 0 for the file as a whole
 * @param column name of the column, or {@code #n} for the nth one where the name may not be
 *     repeated; null for a whole row
 * @param code what is wrong
 * @param hint what to do
 */
public record UploadProblem(long row, @Nullable String column, String code, String hint) {}
