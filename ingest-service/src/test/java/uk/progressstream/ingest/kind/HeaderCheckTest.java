package uk.progressstream.ingest.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.progressstream.ingest.csv.CsvRow;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.kind.HeaderOutcome.Accepted;
import uk.progressstream.ingest.kind.HeaderOutcome.Refused;

class HeaderCheckTest {

  @Test
  @DisplayName("allowed columns in any order, case and spacing, and trailing commas")
  void accepted() {
    assertThat(check("Postcode,ENROLMENT ID,Class,,"))
        .isEqualTo(new Accepted(new Header(List.of("postcode", "enrollment_id", "class"))));
  }

  @ParameterizedTest
  @CsvSource({
    "name, name",
    "Pupil Name, name",
    "Legal Surname, surname",
    "StudentForename, forename",
    "e-mail, email",
    "D.O.B., dob",
    "Date of Birth, dob",
    "Address Line 1, address",
    "UPN, upn",
    "Mobile, phone",
    "Parent 1, contact",
    "comments, free-text"
  })
  @DisplayName("a column that says who somebody is refuses the file under a name from our own list")
  void identity(String header, String name) {
    assertThat(check("enrollment_id,class," + header))
        .isEqualTo(refused(3, name, ProblemCode.IDENTITY_COLUMN));
  }

  @Test
  @DisplayName(
      "any other column refuses the file by its position alone: its name could be anybody's")
  void unknown() {
    HeaderOutcome outcome = check("enrollment_id,class,Xanthippe Quill");

    assertThat(outcome).isEqualTo(refused(3, "", ProblemCode.UNKNOWN_COLUMN));
    assertThat(outcome.toString()).doesNotContain("Xanthippe").doesNotContain("Quill");
  }

  @Test
  @DisplayName("a column twice, a missing one and one without a name refuse the file")
  void others() {
    assertThat(check("enrollment_id,class,CLASS"))
        .isEqualTo(refused(3, "class", ProblemCode.DUPLICATE_COLUMN));
    assertThat(check("class")).isEqualTo(refused(0, "enrollment_id", ProblemCode.MISSING_COLUMN));
    assertThat(check("enrollment_id,,class")).isEqualTo(refused(2, "", ProblemCode.UNNAMED_COLUMN));
    assertThat(check("enrollment_id;class"))
        .isEqualTo(refused(0, "", ProblemCode.NOT_COMMA_SEPARATED));
  }

  @Test
  @DisplayName("columns of one kind of file are not allowed in another")
  void otherKind() {
    assertThat(check("enrollment_id,class,ethnicity"))
        .isEqualTo(refused(3, "", ProblemCode.UNKNOWN_COLUMN));
  }

  private static HeaderOutcome check(String line) {
    List<String> cells = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    return HeaderCheck.check(FileKind.PUPILS, new CsvRow(1, cells, false));
  }

  private static Refused refused(int column, String name, ProblemCode code) {
    return new Refused(List.of(new Finding(1, column, name, code, "")));
  }
}
