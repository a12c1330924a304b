package uk.progressstream.ingest.csv;

/**
 * Limits of one file; every one of them bounds memory or time.
 *
 * @param bytesMax bytes of the whole file
 * @param rowsMax rows below the header
 * @param rowCharsMax characters of one row, quotes and separators included
 * @param columnsMax cells of one row
 */
public record CsvLimits(long bytesMax, long rowsMax, int rowCharsMax, int columnsMax) {

  /** 1 GiB, ten million rows, 16,384 characters and 64 columns a row. */
  public static final CsvLimits DEFAULT = new CsvLimits(1L << 30, 10_000_000, 16_384, 64);

  /** The same with other limits of the whole file. */
  public CsvLimits with(long fileBytesMax, long fileRowsMax) {
    return new CsvLimits(fileBytesMax, fileRowsMax, rowCharsMax, columnsMax);
  }
}
