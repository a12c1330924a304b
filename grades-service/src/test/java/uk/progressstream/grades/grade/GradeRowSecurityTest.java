package uk.progressstream.grades.grade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.provisioning.testing.Cells;
import uk.progressstream.provisioning.testing.RowSecurityContract;

class GradeRowSecurityTest extends RowSecurityContract {
  @Override
  protected String service() {
    return "grades";
  }

  @Override
  protected void seed(Connection superuser, Cells cells) throws SQLException {
    SampleGrades.insert(
        superuser, new ClassCell(cells.school(), cells.schoolClass()), UUID.randomUUID());
  }
}
