package uk.progressstream.ingest.kind;

import uk.progressstream.ingest.csv.CsvRow;
import uk.progressstream.ingest.value.EnrollmentId;
import uk.progressstream.ingest.value.Postcode;
import uk.progressstream.ingest.value.YearGroup;

/**
 * Rows of a {@code pupils} file. The year group is checked and dropped: the class has one, and
 * nothing else needs it.
 */
record PupilReader(SchoolClasses classes) implements RowReader {

  @Override
  public RowOutcome<Entry> read(Header header, CsvRow row) {
    RowCheck check = new RowCheck(header, row);
    String id = check.required("enrollment_id", EnrollmentId::check, "");
    String classId = check.required("class", classes::check, "");
    check.optional("year_group", YearGroup::check, "");
    String postcode = check.optional("postcode", Postcode::check, "");
    return check.outcome(() -> new Entry.Pupil(check.number(), id, classId, postcode));
  }
}
