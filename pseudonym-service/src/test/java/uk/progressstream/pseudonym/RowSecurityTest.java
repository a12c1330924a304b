package uk.progressstream.pseudonym;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import uk.progressstream.provisioning.testing.Cells;
import uk.progressstream.provisioning.testing.RowSecurityContract;

class RowSecurityTest extends RowSecurityContract {

  @Override
  protected String service() {
    return "pseudonym";
  }

  @Override
  protected void seed(Connection superuser, Cells cells) throws SQLException {
    UUID psId = UUID.randomUUID();
    insert(
        superuser,
        "insert into data_key (school_id, purpose, wrapped) values (?, 'lookup', '\\x00')",
        cells.school());
    insert(
        superuser,
        "insert into pupil (school_id, ps_id, lookup, enrollment_id_sealed)"
            + " values (?, ?, sha256('1'), sha256('2') || sha256('3'))",
        cells.school(),
        psId);
    insert(
        superuser,
        "insert into pupil_class (school_id, ps_id, class_id) values (?, ?, ?)",
        cells.school(),
        psId,
        cells.schoolClass());
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
