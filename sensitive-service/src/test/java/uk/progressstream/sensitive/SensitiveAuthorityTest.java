package uk.progressstream.sensitive;

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

@DisplayName("Authority in sensitive's database")
class SensitiveAuthorityTest extends AuthorityContract {
  @Override
  protected String service() {
    return "sensitive";
  }

  @Override
  protected void seed(Connection superuser, Holding school) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          school.fill(
              """
              insert into data_key (school_id, purpose, wrapped) values ('{school}', 'sensitive', '\\x00');
              insert into pupil_record (school_id, class_id, ps_id, upload_id, fields_sealed, fields_digest)
                values ('{school}', '{class}', '{pupil}', '{upload}', sha256('1'), sha256('2'))
              """));
    }
  }

  @Override
  protected Map<String, Function<Holding, List<@Nullable String>>> calls() {
    return Map.of(
        "pupil.take_turn",
        h -> List.of(h.school().toString()),
        "pupil.leave_other_classes",
        h -> List.of(h.school().toString(), "{" + h.id("pupil") + "}", "{}", "{}"));
  }

  @Override
  protected Map<String, Function<Holding, Map<String, String>>> rows() {
    String digest = "\\x" + "00".repeat(32);
    return Map.of(
        "public.data_key",
        h -> h.row("purpose", "new", "wrapped", "\\x00", "created_at", "2025-01-01"),
        "public.pupil_record",
        h ->
            h.row(
                "class_id",
                h.schoolClass().toString(),
                "ps_id",
                h.made("new pupil").toString(),
                "upload_id",
                h.id("upload").toString(),
                "fields_sealed",
                digest,
                "fields_digest",
                digest,
                "recorded_at",
                "2025-01-01"));
  }
}
