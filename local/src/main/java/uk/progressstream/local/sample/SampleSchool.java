package uk.progressstream.local.sample;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A school of the data set, ready to be uploaded.
 *
 * @param code {@code GP} or {@code MS}
 * @param urn an invented unique reference number
 * @param pupils in the order of the files, Portuguese first
 */
public record SampleSchool(String code, String urn, List<SamplePupil> pupils) {
  private static final String QUALIFICATION = "UCI 0-20";
  private static final List<String> PERIODS = List.of("G1", "G2", "G3");

  /** Its classes, by code. */
  public List<SampleClass> classes() {
    return pupils.stream()
        .map(SamplePupil::schoolClass)
        .distinct()
        .sorted(Comparator.comparing(SampleClass::code))
        .toList();
  }

  /** The file of kind {@code pupils}. */
  public String pupilsCsv() {
    return csv(
        csv -> {
          csv.writeRecord("enrollment_id", "class", "year_group", "postcode");
          pupils.forEach(
              pupil ->
                  csv.writeRecord(
                      pupil.enrollmentId(),
                      pupil.schoolClass().code(),
                      pupil.schoolClass().yearGroup(),
                      pupil.postcode()));
        });
  }

  /** The file of kind {@code grades}: three rows a pupil. */
  public String gradesCsv() {
    return csv(
        csv -> {
          csv.writeRecord(
              "enrollment_id", "class", "subject", "qualification", "period", "kind", "grade");
          pupils.forEach(pupil -> writeGrades(csv, pupil));
        });
  }

  /** The file of kind {@code sensitive}. */
  public String sensitiveCsv() {
    return csv(
        csv -> {
          csv.writeRecord(
              "enrollment_id",
              "sen_provision",
              "sen_type",
              "pupil_premium",
              "fsm",
              "fsm6",
              "eal",
              "looked_after",
              "service_child",
              "ethnicity");
          pupils.forEach(pupil -> writeSensitive(csv, pupil));
        });
  }

  private static void writeGrades(CsvWriter csv, SamplePupil pupil) {
    for (int i = 0; i < PERIODS.size(); i++) {
      csv.writeRecord(
          pupil.enrollmentId(),
          pupil.schoolClass().code(),
          pupil.schoolClass().subject(),
          QUALIFICATION,
          PERIODS.get(i),
          "historical",
          pupil.grades().get(i));
    }
  }

  private static void writeSensitive(CsvWriter csv, SamplePupil pupil) {
    String[] fields = new String[pupil.sensitive().size() + 1];
    fields[0] = pupil.enrollmentId();
    for (int i = 1; i < fields.length; i++) {
      fields[i] = pupil.sensitive().get(i - 1);
    }
    csv.writeRecord(fields);
  }

  private static String csv(Consumer<CsvWriter> content) {
    StringWriter out = new StringWriter();
    content.accept(CsvWriter.builder().bufferSize(0).build(out));
    return out.toString();
  }
}
