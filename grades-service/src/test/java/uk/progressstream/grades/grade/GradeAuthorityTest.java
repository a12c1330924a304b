package uk.progressstream.grades.grade;

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

@DisplayName("Authority in grades's database")
class GradeAuthorityTest extends AuthorityContract {
  @Override
  protected String service() {
    return "grades";
  }

  @Override
  protected void seed(Connection superuser, Holding school) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          school.fill(
              """
              insert into grade (school_id, class_id, ps_id, subject, qualification, period, kind, scale, grade, points_tenths,
                  upload_id)
                values ('{school}', '{class}', '{pupil}', 'Art', 'gcse', '2025', 'target', '9-1', '9', 90, '{upload}')
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
        "public.grade",
        h ->
            h.row(
                "class_id",
                h.schoolClass().toString(),
                "ps_id",
                h.id("pupil").toString(),
                "subject",
                "New",
                "qualification",
                "gcse",
                "period",
                "2025",
                "kind",
                "target",
                "scale",
                "9-1",
                "grade",
                "9",
                "points_tenths",
                "90",
                "upload_id",
                h.id("upload").toString(),
                "recorded_at",
                "2025-01-01"));
  }
}
