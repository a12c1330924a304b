package uk.progressstream.system.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import uk.progressstream.provisioning.database.DatabaseRole;
import uk.progressstream.provisioning.database.ServiceDatabase;

/**
 * The grades database as it is provisioned and migrated for the service, with a million rows; and
 * the same rows again in {@code grade_plain}, with the same indexes and without row security.
 */
final class GradesAtScale implements AutoCloseable {
  static final int SCHOOLS = 500;
  static final int CLASSES = 80;
  static final int ROWS = 25;

  private static final String COLUMNS =
      "school_id, class_id, ps_id, subject, qualification, period, kind, scale, grade,"
          + " points_tenths, upload_id";
  private static final String FILL =
      """
      insert into grade (%s)
      select md5('school ' || s)::uuid, md5('class ' || s || ' ' || c)::uuid,
             md5('pupil ' || s || ' ' || c || ' ' || r / 2)::uuid, 'Mathematics', 'GCSE', '2025-P' || r %% 2,
             'historical', '9-1', (r %% 9 + 1)::text, (r %% 9 + 1) * 10, md5('upload ' || s)::uuid
      from generate_series(1, %d) s, generate_series(1, %d) c, generate_series(0, %d) r
      """
          .formatted(COLUMNS, SCHOOLS, CLASSES, ROWS - 1);
  private static final String[] PLAIN = {
    "create table grade_plain (like grade including all)",
    "insert into grade_plain (" + COLUMNS + ") select " + COLUMNS + " from grade",
    "grant select on grade_plain to grades_school, grades_class",
    "vacuum (freeze, analyze) grade",
    "vacuum (freeze, analyze) grade_plain",
    "checkpoint"
  };

  private final BenchmarkDatabase grades;

  private GradesAtScale(BenchmarkDatabase grades) {
    this.grades = grades;
  }

  static GradesAtScale start() throws IOException, SQLException {
    BenchmarkDatabase grades = BenchmarkDatabase.start("grades");
    grades.execute(FILL);
    grades.execute(PLAIN);
    return new GradesAtScale(grades);
  }

  static UUID school(int number) {
    return BenchmarkDatabase.md5("school " + number);
  }

  static UUID schoolClass(int school, int number) {
    return BenchmarkDatabase.md5("class " + school + " " + number);
  }

  ServiceDatabase database() {
    return grades.database();
  }

  /** A connection of a role of the service; statements are prepared on the server at once. */
  Connection as(DatabaseRole role) throws SQLException {
    return grades.as(role);
  }

  @Override
  public void close() throws IOException {
    grades.close();
  }
}
