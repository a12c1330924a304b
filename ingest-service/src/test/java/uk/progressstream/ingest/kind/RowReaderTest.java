package uk.progressstream.ingest.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.progressstream.ingest.csv.CsvRow;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.kind.RowOutcome.Accepted;
import uk.progressstream.ingest.kind.RowOutcome.Refused;

class RowReaderTest {
  private static final String CLASS_ID = "c0000000-0000-0000-0000-000000000001";
  private static final SchoolClasses CLASSES =
      new SchoolClasses(Map.of("10A/Ma1", CLASS_ID), Set.of("Mathematics"));
  private static final Header PUPILS =
      new Header(List.of("enrollment_id", "class", "year_group", "postcode"));
  private static final Header GRADES =
      new Header(
          List.of("enrollment_id", "class", "subject", "qualification", "period", "kind", "grade"));
  private static final Header SENSITIVE =
      new Header(List.of("enrollment_id", "sen_provision", "sen_type", "ethnicity"));

  @Test
  @DisplayName("a pupil's row comes out with the class's id and a tidy postcode")
  void pupil() {
    assertThat(read(FileKind.PUPILS, PUPILS, "A17", "10A/Ma1", "10", "m11aa"))
        .isEqualTo(new Accepted<Entry>(new Entry.Pupil(2, "A17", CLASS_ID, "M1 1AA")));
    assertThat(read(FileKind.PUPILS, PUPILS, "A17", "10A/Ma1"))
        .isEqualTo(new Accepted<Entry>(new Entry.Pupil(2, "A17", CLASS_ID, "")));
  }

  @Test
  @DisplayName("a grade's row comes out with its scale and points")
  void grade() {
    assertThat(
            read(
                FileKind.GRADES,
                GRADES,
                "A17",
                "10A/Ma1",
                "maths",
                "gcse",
                "G1",
                "HISTORICAL",
                "9"))
        .isEqualTo(
            new Accepted<Entry>(
                new Entry.Grade(
                    2,
                    "A17",
                    CLASS_ID,
                    "Mathematics",
                    "GCSE",
                    "G1",
                    "historical",
                    "gcse-9-1",
                    "9",
                    90)));
  }

  @Test
  @DisplayName("sensitive codes come out as their lists write them, what is not said empty")
  void sensitive() {
    assertThat(read(FileKind.SENSITIVE, SENSITIVE, "A17", "k", "asd mld", ""))
        .isEqualTo(
            new Accepted<Entry>(
                new Entry.Sensitive(
                    2, "A17", "K", List.of("ASD", "MLD"), "", "", "", "", "", "", "")));
  }

  @Test
  @DisplayName("everything that is wrong with a row is found at once, each with its column")
  void allFindings() {
    assertThat(read(FileKind.GRADES, GRADES, "", "9Z", "x", "y", "z", "guess", "9"))
        .isEqualTo(
            refused(
                finding(1, "enrollment_id", ProblemCode.EMPTY, ""),
                finding(2, "class", ProblemCode.UNKNOWN_CLASS, ""),
                finding(3, "subject", ProblemCode.UNKNOWN_SUBJECT, ""),
                finding(4, "qualification", ProblemCode.UNKNOWN_QUALIFICATION, ""),
                finding(5, "period", ProblemCode.BAD_PERIOD, ""),
                finding(6, "kind", ProblemCode.UNKNOWN_CODE, "grade-kind")));
  }

  @Test
  @DisplayName("a refused provision is one finding, whatever type stands beside it")
  void impossibleProvision() {
    assertThat(read(FileKind.SENSITIVE, SENSITIVE, "A17", "Z", "ASD", "WBRI"))
        .isEqualTo(refused(finding(2, "sen_provision", ProblemCode.UNKNOWN_CODE, "sen-provision")));
  }

  @ParameterizedTest
  @CsvSource({
    "H801200001001, UPN",
    "pupil@school.example, EMAIL",
    "2011-03-12, DATE_OF_BIRTH",
    "07700900123, PHONE",
    "'12 High Street, Leeds', ADDRESS"
  })
  @DisplayName("identity in any column of any kind of file is refused by row and column")
  void identityAnywhere(String value, ProblemCode code) {
    assertEveryColumnRefuses(
        FileKind.PUPILS, PUPILS, value, code, "A17", "10A/Ma1", "10", "M1 1AA");
    assertEveryColumnRefuses(
        FileKind.GRADES,
        GRADES,
        value,
        code,
        "A17",
        "10A/Ma1",
        "Maths",
        "GCSE",
        "G1",
        "target",
        "9");
    assertEveryColumnRefuses(FileKind.SENSITIVE, SENSITIVE, value, code, "A17", "K", "ASD", "WBRI");
  }

  @Test
  @DisplayName("cells beyond the header, overlong cells and cut-off rows are refused")
  void shape() {
    assertThat(read(FileKind.PUPILS, PUPILS, "A17", "10A/Ma1", "", "", "", "x"))
        .isEqualTo(refused(new Finding(2, 6, "", ProblemCode.EXTRA_CELL, "")));
    assertThat(read(FileKind.PUPILS, PUPILS, "A17", "10A/Ma1", "", "1".repeat(101)))
        .isEqualTo(refused(finding(4, "postcode", ProblemCode.TOO_LONG, "")));
    assertThat(
            RowReader.of(FileKind.PUPILS, CLASSES)
                .read(PUPILS, new CsvRow(9, List.of("A17", "10A/Ma1"), true)))
        .isEqualTo(refused(Finding.ofRow(9, ProblemCode.CUT_OFF)));
  }

  @Test
  @DisplayName("no entry prints what it holds")
  void printsNothing() {
    assertThat(read(FileKind.PUPILS, PUPILS, "A17", "10A/Ma1", "10", "m11aa").toString())
        .doesNotContain("A17")
        .doesNotContain("M1");
  }

  private static void assertEveryColumnRefuses(
      FileKind kind, Header header, String value, ProblemCode code, String... goodRow) {
    for (int i = 0; i < goodRow.length; i++) {
      String[] row = goodRow.clone();
      row[i] = value;
      RowOutcome<Entry> outcome = read(kind, header, row);
      assertThat(outcome).isInstanceOf(Refused.class);
      assertThat(((Refused<Entry>) outcome).findings())
          .anySatisfy(
              finding ->
                  assertThat(finding)
                      .extracting(Finding::row, Finding::columnName, Finding::code)
                      .containsExactly(2L, header.columns().get(indexOf(row, value)), code));
      assertThat(outcome.toString()).doesNotContain(value);
    }
  }

  private static int indexOf(String[] row, String value) {
    return Arrays.asList(row).indexOf(value);
  }

  private static RowOutcome<Entry> read(FileKind kind, Header header, String... cells) {
    return RowReader.of(kind, CLASSES).read(header, new CsvRow(2, List.of(cells), false));
  }

  private static Refused<Entry> refused(Finding... findings) {
    return new Refused<>(List.of(findings));
  }

  private static Finding finding(int column, String name, ProblemCode code, String detail) {
    return new Finding(2, column, name, code, detail);
  }
}
