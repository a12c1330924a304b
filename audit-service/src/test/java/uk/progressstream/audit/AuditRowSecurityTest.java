package uk.progressstream.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.provisioning.testing.Cells;
import uk.progressstream.provisioning.testing.RowSecurityContract;

class AuditRowSecurityTest extends RowSecurityContract {

  @Override
  protected String service() {
    return "audit";
  }

  @Override
  protected void seed(Connection superuser, Cells cells) throws SQLException {
    UUID id = UUID.randomUUID();
    run(
        superuser,
        "insert into record (school_id, id, leaf_index, source, sequence, kind, occurred_at,"
            + " outcome) values (?, ?, 0, 'grades', 1, 'grades.read', now(), 'allowed')",
        cells.school(),
        id);
    run(
        superuser,
        "insert into inbox (school_id, id, source, sequence, leaf_index) values (?, ?, 'grades', 1,"
            + " 0)",
        cells.school(),
        id);
    run(
        superuser,
        "insert into touch (school_id, day, kind, actor, role, class_ids, column_names, records,"
            + " row_count, pupils_most, pupils_sum, first_at, last_at) values (?, now(), 'grades.read',"
            + " ?, '', '{}', '{}', 1, 0, 0, 0, now(), now())",
        cells.school(),
        id);
    run(
        superuser,
        "insert into seen_checkpoint (school_id, size, root, note, fits, seen_by)"
            + " values (?, 1, 'x', 'x', true, ?)",
        cells.school(),
        id);
    run(superuser, "insert into mismatch (school_id) values (?)", cells.school());
    run(
        superuser,
        "insert into refusal (school_id, id, rule) values (?, ?, 'bad-value')",
        cells.school(),
        id);
    run(superuser, "insert into tile (level, tile_index, data) values (0, 0, sha256('x'))");
    run(superuser, "insert into checkpoint (size, note) values (1, 'x')");
    run(superuser, "insert into cosignature (size, witness, line) values (1, 'x', 'x')");
    run(superuser, "insert into witnessed (size) values (1)");
  }

  @Override
  protected Map<String, String> tablesOfNoSchool() {
    return Map.of("head", "one number, the size of the tree; only functions of the log touch it");
  }

  @Override
  protected Map<String, String> openTables() {
    return Map.of(
        "tile", "hashes and salted commitments: whoever verifies the log needs them",
        "checkpoint", "size and root of the tree, signed to be shown to everybody",
        "cosignature", "what witnesses signed of it, to be shown to everybody",
        "witnessed", "sizes that enough of them signed");
  }

  private static void run(Connection superuser, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = superuser.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
