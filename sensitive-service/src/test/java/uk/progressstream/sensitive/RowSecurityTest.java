package uk.progressstream.sensitive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import uk.progressstream.provisioning.testing.Cells;
import uk.progressstream.provisioning.testing.RowSecurityContract;

class RowSecurityTest extends RowSecurityContract {

  @Override
  protected String service() {
    return "sensitive";
  }

  @Override
  protected void seed(Connection superuser, Cells cells) throws SQLException {
    insert(
        superuser,
        "insert into data_key (school_id, purpose, wrapped) values (?, 'sensitive', '\\x00')",
        cells.school());
    insert(
        superuser,
        "insert into pupil_record (school_id, class_id, ps_id, upload_id, fields_sealed,"
            + " fields_digest) values (?, ?, ?, gen_random_uuid(), sha256('1'), sha256('2'))",
        cells.school(),
        cells.schoolClass(),
        UUID.randomUUID());
  }

  private static void insert(Connection superuser, String sql, UUID... ids) throws SQLException {
    try (PreparedStatement insert = superuser.prepareStatement(sql)) {
      for (int i = 0; i < ids.length; i++) {
        insert.setObject(i + 1, ids[i]);
      }
      insert.executeUpdate();
    }
  }
}
