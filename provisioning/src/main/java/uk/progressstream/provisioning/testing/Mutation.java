package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.util.Optional;

/**
 * One way to break the protection, and the way back.
 *
 * @param label what is broken
 * @param table whose protection suffers; empty for every table's
 * @param breakIt SQL for the superuser
 * @param mendIt SQL that restores what was
 */
record Mutation(String label, Optional<DataTable> table, String breakIt, String mendIt) {

  void apply(Connection superuser) {
    Sql.run(superuser, breakIt);
  }

  void undo(Connection superuser) {
    Sql.run(superuser, mendIt);
  }
}
