package uk.progressstream.sensitive.pupil;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Writes pupils' fields as RFC 4180 CSV, a chunk at a time; the types of special needs by rank,
 * with blanks between.
 */
final class PupilCsv {
  private PupilCsv() {}

  static String header() {
    StringWriter out = new StringWriter();
    writer(out).writeRecord(Pupil.COLUMNS);
    return out.toString();
  }

  static String rows(List<Pupil> pupils) {
    StringWriter out = new StringWriter();
    CsvWriter csv = writer(out);
    pupils.forEach(pupil -> csv.writeRecord(cells(pupil)));
    return out.toString();
  }

  private static List<String> cells(Pupil pupil) {
    return Stream.of(
            pupil.psId(),
            pupil.school(),
            pupil.schoolClass(),
            pupil.senProvision(),
            String.join(" ", pupil.senTypes()),
            pupil.pupilPremium(),
            pupil.fsm(),
            pupil.fsm6(),
            pupil.eal(),
            pupil.lookedAfter(),
            pupil.serviceChild(),
            pupil.ethnicity())
        .map(cell -> Objects.toString(cell, ""))
        .toList();
  }

  private static CsvWriter writer(StringWriter out) {
    return CsvWriter.builder().bufferSize(0).build(out);
  }
}
