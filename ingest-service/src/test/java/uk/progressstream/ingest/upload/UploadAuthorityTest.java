package uk.progressstream.ingest.upload;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import uk.progressstream.provisioning.testing.AuthorityContract;
import uk.progressstream.provisioning.testing.Holding;

@DisplayName("Authority in ingest's database")
class UploadAuthorityTest extends AuthorityContract {
  @Override
  protected String service() {
    return "ingest";
  }

  @Override
  protected void seed(Connection superuser, Holding school) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          school.fill(
              """
              insert into upload (school_id, id, kind, state, dry_run, account)
                values ('{school}', '{upload}', 'grades', 'completed', false, '{account}');
              insert into upload_problem (school_id, upload_id, position, row_number, column_number, column_name, code, detail)
                values ('{school}', '{upload}', 1, 2, 1, 'enrollment_id', 'upn', '')
              """));
    }
  }

  @Override
  protected Map<String, Function<Holding, List<@Nullable String>>> calls() {
    return Map.of();
  }

  @Override
  protected Map<String, Function<Holding, Map<String, String>>> rows() {
    return Map.of(
        "public.upload",
        h ->
            h.row(
                "id",
                h.made("upload").toString(),
                "kind",
                "grades",
                "state",
                "received",
                "dry_run",
                "false",
                "account",
                h.account().toString(),
                "rows_read",
                "0",
                "rows_accepted",
                "0",
                "rows_refused",
                "0",
                "rows_unchanged",
                "0",
                "bytes",
                "0",
                "problems",
                "0",
                "started_at",
                "2025-01-01",
                "touched_at",
                "2025-01-01"),
        "public.upload_problem",
        h ->
            h.row(
                "upload_id",
                h.id("upload").toString(),
                "position",
                "2",
                "row_number",
                "2",
                "column_number",
                "1",
                "column_name",
                "enrollment_id",
                "code",
                "upn",
                "detail",
                ""));
  }

  @Override
  protected Map<String, String> byDesign() {
    String reason = "an id names one upload (docs/adr/0010)";
    return Map.of(
        "a row of public.upload by the role for school, id of another school"
            + ": is answered otherwise than for an unknown id",
        reason,
        "a row of public.upload by the role for school, id of a school that left"
            + ": is answered otherwise than for an unknown id",
        reason);
  }
}
