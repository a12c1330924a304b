package uk.progressstream.local.sample;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The two schools of the UCI student performance data set. Grades and circumstances are theirs;
 * ids, postcodes and ethnicity come from a seeded generator, so that every run has the same. Family
 * and support facts stand in for the sensitive fields.
 */
public final class UciSample {
  private static final long SEED = 320;
  private static final Map<String, String> URNS = Map.of("GP", "900001", "MS", "900002");
  private static final List<String> ETHNICITIES =
      List.of(
          "WBRI", "WIRI", "WOTH", "MWBC", "MOTH", "AIND", "APKN", "BCRB", "BAFR", "CHNE", "OOTH");

  private final SamplePostcodes postcodes;
  private final Random random;
  private final Map<String, List<SamplePupil>> pupilsBySchool = new LinkedHashMap<>();

  private UciSample() {
    this.random = new Random(SEED);
    this.postcodes = new SamplePostcodes(random);
  }

  /** GP and MS, in that order. */
  public static List<SampleSchool> schools() {
    UciSample sample = new UciSample();
    sample.read("student-por.csv", "Portuguese", "POR");
    sample.read("student-mat.csv", "Mathematics", "MAT");
    return sample.pupilsBySchool.entrySet().stream()
        .map(
            entry ->
                new SampleSchool(
                    entry.getKey(), urn(entry.getKey()), List.copyOf(entry.getValue())))
        .toList();
  }

  /** One of them, {@code GP} or {@code MS}. */
  public static SampleSchool school(String code) {
    return schools().stream()
        .filter(school -> school.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such school in the data set"));
  }

  private void read(String file, String subject, String subjectCode) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    try (InputStream in = UciSample.class.getResourceAsStream("/uci-student/" + file);
        CsvReader<NamedCsvRecord> rows =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : rows) {
        String school = row.getField("school");
        int number = numbers.merge(school, 1, Integer::sum);
        String id = "%s-%s%04d".formatted(school, subjectCode.charAt(0), number);
        pupilsBySchool
            .computeIfAbsent(school, code -> new ArrayList<>())
            .add(pupil(id, row, subject, subjectCode));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SamplePupil pupil(String id, NamedCsvRecord row, String subject, String subjectCode) {
    String yearGroup = yearGroup(Integer.parseInt(row.getField("age")));
    SampleClass schoolClass = new SampleClass(subjectCode + "-" + yearGroup, subject, yearGroup);
    return new SamplePupil(
        id,
        schoolClass,
        postcodes.next(),
        List.of(row.getField("G1"), row.getField("G2"), row.getField("G3")),
        sensitive(row));
  }

  // Age 15 stands for Year 10, and so on; whoever is older than 17 is in Year 13.
  private static String yearGroup(int age) {
    return "Y" + Math.min(13, Math.max(10, age - 5));
  }

  private List<String> sensitive(NamedCsvRecord row) {
    boolean support = isYes(row, "schoolsup");
    boolean premium = !isYes(row, "internet") || !isYes(row, "nursery");
    return List.of(
        support ? "K" : "N",
        support ? "NSA" : "",
        premium ? "FSM" : "N",
        premium ? "Y" : "N",
        premium || isYes(row, "famsup") ? "Y" : "N",
        isYes(row, "paid") ? "OTH" : "ENG",
        row.getField("guardian").equals("other") ? "Y" : "N",
        row.getField("Pstatus").equals("A") ? "U" : "N",
        ETHNICITIES.get(random.nextInt(ETHNICITIES.size())));
  }

  private static boolean isYes(NamedCsvRecord row, String column) {
    return row.getField(column).equals("yes");
  }

  private static String urn(String school) {
    String urn = URNS.get(school);
    if (urn == null) {
      throw new IllegalStateException("a third school in the data set");
    }
    return urn;
  }
}
