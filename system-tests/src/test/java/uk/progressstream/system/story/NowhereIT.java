package uk.progressstream.system.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.local.client.Answer;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.local.sample.SamplePupil;
import uk.progressstream.local.sample.UciSample;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.RawFiles;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** After real loads and refused ones: what went in and must be nowhere is nowhere. */
@ExtendWith(WholeSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NowhereIT {
  private static final Pattern ENROLLMENT_ID = Pattern.compile("(?:GP|MS)-[PM]\\d{4}");
  private static final Pattern POSTCODE =
      Pattern.compile("(?<![A-Z0-9])[A-Z]{1,2}\\d[\\dA-Z]? ?\\d[A-Z]{2}(?![A-Z0-9])");

  // Values that no school would send twice, so that a find is a find.
  private static final String NAME = "Zebedee Quillfeather";
  private static final String UPN = "H801200001001";
  private static final String IMPOSSIBLE_SEN = "ZQJ77";
  private static final Pattern REFUSED =
      Pattern.compile("Zebedee|Quillfeather|" + UPN + "|" + IMPOSSIBLE_SEN);

  private final RunningSystem system;
  private final Databases databases;

  NowhereIT(RunningSystem system) {
    this.system = system;
    this.databases = new Databases(system);
  }

  @BeforeAll
  void sendWhatMustBeRefused() throws SQLException {
    upload("pupils", "enrollment_id,class,name\nGP-P9001,POR-Y11," + NAME + "\n");
    upload("pupils", "enrollment_id,class\n" + UPN + ",POR-Y11\n" + NAME + ",POR-Y11\n");
    upload("sensitive", "enrollment_id,sen_provision\nGP-P0001," + IMPOSSIBLE_SEN + "\n");
    databases.flush();
  }

  @Test
  @Proves({"D2", "D4"})
  @DisplayName("No enrollment id of any pupil is in any log or any file of the databases")
  void noEnrollmentId() throws IOException {
    assertThat(found("logs", ENROLLMENT_ID, id -> true)).isEmpty();
    assertThat(found("postgres", ENROLLMENT_ID, id -> true)).isEmpty();
  }

  @Test
  @Proves({"D2", "D8"})
  @DisplayName("No postcode of any pupil is in any log or any file of the databases")
  void noPostcode() throws IOException {
    Set<String> sent =
        UciSample.schools().stream()
            .flatMap(school -> school.pupils().stream())
            .map(SamplePupil::postcode)
            .flatMap(code -> java.util.stream.Stream.of(code, code.replace(" ", "")))
            .filter(code -> code.length() > 5)
            .collect(Collectors.toSet());

    assertThat(found("logs", POSTCODE, sent::contains)).isEmpty();
    assertThat(found("postgres", POSTCODE, sent::contains)).isEmpty();
  }

  @Test
  @Proves("D3")
  @DisplayName("A refused name, UPN and SEN code are in no log, table, event or error")
  void noRefusedValue() throws IOException, SQLException {
    assertThat(found("logs", REFUSED, value -> true)).isEmpty();
    assertThat(found("postgres", REFUSED, value -> true)).isEmpty();
    for (String body : databases.column("ingest", "select body from outbox.event")) {
      assertThat(body).doesNotContainPattern(REFUSED).doesNotContainPattern(ENROLLMENT_ID);
    }
  }

  @Test
  @Proves({"D3", "D5", "D6"})
  @DisplayName(
      "Sensitive columns are in one database, grades in another, and nowhere is a place for a name")
  void columnsAreApart() throws SQLException {
    for (String database : Databases.NAMES) {
      List<String> columns = pupilColumns(database);
      assertThat(columns)
          .as(database)
          .noneMatch(
              column ->
                  column.matches(
                      ".*(forename|surname|first_name|last_name|birth|address|email|upn).*"));
      if (!database.equals("sensitive")) {
        assertThat(columns)
            .as(database)
            .noneMatch(
                column -> column.matches(".*(sen_|pupil_premium|fsm|ethnic|looked_after).*"));
      }
      if (!database.equals("grades")) {
        assertThat(columns).as(database).noneMatch(column -> column.matches("grade|points.*"));
      }
    }
    assertThat(pupilColumns("grades")).contains("grade", "ps_id").doesNotContain("enrollment_id");
    assertThat(pupilColumns("sensitive")).contains("ps_id").doesNotContain("enrollment_id");
  }

  private List<String> pupilColumns(String database) throws SQLException {
    return databases.column(
        database,
        "select c.column_name from information_schema.columns c where c.table_schema = 'public' and exists"
            + " (select from information_schema.columns p where p.table_schema = 'public'"
            + " and p.table_name = c.table_name and p.column_name = 'ps_id')");
  }

  private List<String> found(
      String where, Pattern pattern, java.util.function.Predicate<String> counts)
      throws IOException {
    return RawFiles.find(system.directory().resolve(where), pattern, counts);
  }

  private void upload(String kind, String csv) {
    ApiClient partner = system.as(SampleAccount.GP_PARTNER_SYSTEM);
    String school =
        partner.get("/identity/v1/schools").require(200).items().getJsonObject(0).getString("id");
    Answer answer =
        partner.upload(
            "/ingest/v1/uploads?school=" + school + "&kind=" + kind,
            BodyPublishers.ofString(csv),
            UUID.randomUUID().toString());
    assertThat(answer.status()).isBetween(200, 499);
    assertThat(answer.body()).doesNotContainPattern(REFUSED);
  }
}
