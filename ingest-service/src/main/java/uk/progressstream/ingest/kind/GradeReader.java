package uk.progressstream.ingest.kind;

import uk.progressstream.ingest.csv.CsvRow;
import uk.progressstream.ingest.value.Checked;
import uk.progressstream.ingest.value.CodeList;
import uk.progressstream.ingest.value.EnrollmentId;
import uk.progressstream.ingest.value.GradeScale.Grade;
import uk.progressstream.ingest.value.GradeScales;
import uk.progressstream.ingest.value.GradeScales.Qualification;
import uk.progressstream.ingest.value.Period;
import uk.progressstream.ingest.value.Subjects;

/**
 * Rows of a {@code grades} file. The qualification decides the scale; without a known one the grade
 * is not judged.
 */
final class GradeReader implements RowReader {
  private static final GradeScales SCALES = new GradeScales();
  private static final CodeList KINDS = CodeList.load("grade-kind");
  private static final Grade NO_GRADE = new Grade("", 0);

  private final SchoolClasses classes;
  private final Subjects subjects;

  GradeReader(SchoolClasses classes) {
    this.classes = classes;
    this.subjects = new Subjects(classes.subjects());
  }

  @Override
  public RowOutcome<Entry> read(Header header, CsvRow row) {
    RowCheck check = new RowCheck(header, row);
    String id = check.required("enrollment_id", EnrollmentId::check, "");
    String classId = check.required("class", classes::check, "");
    String subject = check.required("subject", subjects::check, "");
    Qualification qualification =
        check.required("qualification", SCALES::qualification, Qualification.NONE);
    String period = check.required("period", Period::check, "");
    String kind = check.required("kind", KINDS::check, "");
    Grade grade = check.required("grade", text -> grade(qualification, text), NO_GRADE);
    return check.outcome(
        () ->
            new Entry.Grade(
                check.number(),
                id,
                classId,
                subject,
                qualification.code(),
                period,
                kind,
                qualification.scale().name(),
                grade.value(),
                grade.pointsTenths()));
  }

  private static Checked<Grade> grade(Qualification qualification, String text) {
    return qualification == Qualification.NONE
        ? Checked.good(NO_GRADE)
        : qualification.scale().check(text);
  }
}
