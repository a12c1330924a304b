package uk.progressstream.grades.grade;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.List;

/** Writes grades as RFC 4180 CSV, a chunk at a time. */
final class GradeCsv {
  private GradeCsv() {}

  static String header() {
    StringWriter out = new StringWriter();
    writer(out).writeRecord(Grade.COLUMNS);
    return out.toString();
  }

  static String rows(List<Grade> grades) {
    StringWriter out = new StringWriter();
    CsvWriter csv = writer(out);
    grades.forEach(grade -> write(csv, grade));
    return out.toString();
  }

  private static void write(CsvWriter csv, Grade grade) {
    csv.writeRecord(
        grade.psId().toString(),
        grade.school().toString(),
        grade.schoolClass().toString(),
        grade.subject(),
        grade.qualification(),
        grade.period(),
        grade.kind(),
        grade.scale(),
        grade.grade(),
        Double.toString(grade.points()));
  }

  private static CsvWriter writer(StringWriter out) {
    return CsvWriter.builder().bufferSize(0).build(out);
  }
}
