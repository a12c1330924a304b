package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Row security of a sample service")
class SampleRowSecurityTest extends RowSecurityContract {

  @Override
  protected String service() {
    return "sample";
  }

  @Override
  protected Map<String, String> tablesOfNoSchool() {
    return Map.of("incident", "the company's own, opened by permission alone");
  }

  @Override
  protected Map<String, String> openTables() {
    return Map.of("notice", "published");
  }

  @Override
  protected void seed(Connection superuser, Cells cells) throws SQLException {
    insert(
        superuser,
        "insert into mark values (?, ?, gen_random_uuid(), 7)",
        cells.school(),
        cells.schoolClass());
    insert(superuser, "insert into term values (?, 'autumn')", cells.school());
    insert(superuser, "insert into incident values (gen_random_uuid(), ?)", cells.account());
    insert(superuser, "insert into notice values (?)", UUID.randomUUID());
    insert(superuser, "insert into ledger values (?, '\\x00')", cells.school());
  }

  private static void insert(Connection superuser, String sql, UUID... values) throws SQLException {
    try (PreparedStatement statement = superuser.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
