package uk.progressstream.ingest.kind;

import uk.progressstream.ingest.csv.CsvRow;

/** Reads the rows of one kind of file. */
@FunctionalInterface
public interface RowReader {

  /** Checks one row under the header of its file. */
  RowOutcome<Entry> read(Header header, CsvRow row);

  /** The reader for a kind of file of a school with these classes. */
  static RowReader of(FileKind kind, SchoolClasses classes) {
    return switch (kind) {
      case PUPILS -> new PupilReader(classes);
      case GRADES -> new GradeReader(classes);
      case SENSITIVE -> new SensitiveReader();
    };
  }
}
