package uk.progressstream.grades.grade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import uk.progressstream.platform.scope.ClassCell;

/** Two schools with two classes each, three pupils a class. */
final class SampleGrades {
  static final UUID SCHOOL_A = UUID.randomUUID();
  static final UUID SCHOOL_B = UUID.randomUUID();
  static final ClassCell A1 = new ClassCell(SCHOOL_A, UUID.randomUUID());
  static final ClassCell A2 = new ClassCell(SCHOOL_A, UUID.randomUUID());
  static final ClassCell B1 = new ClassCell(SCHOOL_B, UUID.randomUUID());
  static final int PUPILS = 3;

  private SampleGrades() {}

  /** Replaces whatever is there. */
  static void seed(Connection superuser) throws SQLException {
    superuser.createStatement().execute("truncate grade");
    for (ClassCell cell : new ClassCell[] {A1, A2, B1}) {
      for (int pupil = 0; pupil < PUPILS; pupil++) {
        insert(superuser, cell, UUID.randomUUID());
      }
    }
  }

  static void insert(Connection superuser, ClassCell cell, UUID psId) throws SQLException {
    try (PreparedStatement insert =
        superuser.prepareStatement(
            "insert into grade (school_id, class_id, ps_id, subject, qualification, period, kind, scale, grade,"
                + " points_tenths, upload_id) values (?, ?, ?, 'Mathematics', 'GCSE', 'G1', 'historical',"
                + " 'gcse-9-1', '7', 70, gen_random_uuid())")) {
      insert.setObject(1, cell.school());
      insert.setObject(2, cell.schoolClass());
      insert.setObject(3, psId);
      insert.executeUpdate();
    }
  }
}
