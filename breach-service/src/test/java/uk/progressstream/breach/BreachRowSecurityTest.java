package uk.progressstream.breach;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import uk.progressstream.provisioning.testing.Cells;
import uk.progressstream.provisioning.testing.RowSecurityContract;

class BreachRowSecurityTest extends RowSecurityContract {
  private static final String OURS =
      "the company's own; opened by the permission breach:manage alone";

  @Override
  protected String service() {
    return "breach";
  }

  @Override
  protected Map<String, String> tablesOfNoSchool() {
    return Map.of(
        "breach", OURS,
        "breach_suspect", OURS,
        "step_completion", OURS,
        "finding", OURS,
        "rung", OURS,
        "scope_confirmation", "the company's word on a school, not that school's data; " + OURS);
  }

  @Override
  protected Map<String, String> keysAcrossSchools() {
    return Map.of(
        "scope_confirmation: scope_confirmation_breach_id_fkey",
        "points at the company's breach, which no school owns");
  }

  @Override
  protected void seed(Connection superuser, Cells cells) throws SQLException {
    SampleBreaches sample = new SampleBreaches(superuser);
    var breach = sample.insert(cells.account(), "30 minutes");
    for (String row :
        new String[] {
          "insert into breach_suspect (breach_id, account) values (?, ?)",
          "insert into step_completion (breach_id, completed_by, step) values (?, ?, 'scope')",
          "insert into finding (breach_id, found_by, id, kind, text, idempotency_key)"
              + " values (?, ?, gen_random_uuid(), 'finding', 'a text', 'a key')"
        }) {
      try (PreparedStatement insert = superuser.prepareStatement(row)) {
        insert.setObject(1, breach);
        insert.setObject(2, cells.account());
        insert.executeUpdate();
      }
    }
    sample.confirm(breach, cells.school(), cells.account());
    sample.rung(breach, "scope", 50);
  }
}
