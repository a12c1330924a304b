package uk.progressstream.ingest.upload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import uk.progressstream.provisioning.testing.Cells;
import uk.progressstream.provisioning.testing.RowSecurityContract;

@DisplayName("Row security of the uploads")
class UploadRowSecurityTest extends RowSecurityContract {

  @Override
  protected String service() {
    return "ingest";
  }

  @Override
  protected void seed(Connection superuser, Cells cells) throws SQLException {
    UUID upload = UUID.randomUUID();
    insert(
        superuser,
        "insert into upload (school_id, id, kind, state, dry_run, account)"
            + " values (?, ?, 'grades', 'completed', false, ?)",
        cells.school(),
        upload,
        cells.account());
    insert(
        superuser,
        "insert into upload_problem (school_id, upload_id, position, row_number, column_number, column_name,"
            + " code, detail) values (?, ?, 1, 2, 1, 'enrollment_id', 'upn', '')",
        cells.school(),
        upload);
  }

  private static void insert(Connection superuser, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement insert = superuser.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        insert.setObject(i + 1, arguments[i]);
      }
      insert.executeUpdate();
    }
  }
}
