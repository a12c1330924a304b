package uk.progressstream.pseudonym;

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

@DisplayName("Authority in pseudonym's database")
class PseudonymAuthorityTest extends AuthorityContract {
  @Override
  protected String service() {
    return "pseudonym";
  }

  @Override
  protected void seed(Connection superuser, Holding school) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          school.fill(
              """
              insert into data_key (school_id, purpose, wrapped) values ('{school}', 'lookup', '\\x00');
              insert into pupil (school_id, ps_id, lookup, enrollment_id_sealed)
                values ('{school}', '{pupil}', sha256('1'), sha256('2') || sha256('3'));
              insert into pupil_class (school_id, ps_id, class_id) values ('{school}', '{pupil}', '{class}')
              """));
    }
  }

  @Override
  protected Map<String, Function<Holding, List<@Nullable String>>> calls() {
    return Map.of();
  }

  @Override
  protected Map<String, Function<Holding, Map<String, String>>> rows() {
    String digest = "\\x" + "00".repeat(32);
    return Map.of(
        "public.data_key",
        h -> h.row("purpose", "new", "wrapped", "\\x00", "created_at", "2025-01-01"),
        "public.pupil",
        h ->
            h.row(
                "ps_id",
                h.made("pupil").toString(),
                "lookup",
                digest,
                "enrollment_id_sealed",
                digest,
                "enrolled_at",
                "2025-01-01",
                "changed_at",
                "2025-01-01"),
        "public.pupil_class",
        h ->
            h.row("ps_id", h.id("pupil").toString(), "class_id", h.made("other class").toString()));
  }

  @Override
  protected Map<String, String> byDesign() {
    String reason = "a ps_id stands for one pupil (docs/adr/0010)";
    return Map.of(
        "a row of public.pupil by the role for school, ps_id of another school"
            + ": is answered otherwise than for an unknown id",
        reason,
        "a row of public.pupil by the role for school, ps_id of a school that left"
            + ": is answered otherwise than for an unknown id",
        reason);
  }
}
