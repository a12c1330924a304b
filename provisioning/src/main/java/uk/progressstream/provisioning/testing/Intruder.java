package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.database.DatabaseRole;

/** Tries to read and write the rows of one table, and takes nothing with it: it rolls back. */
final class Intruder {
  /** No privilege, or the row policy says no; or a trigger of the table raised. */
  private static final Set<String> REFUSED = Set.of("42501", "P0001");

  private final AttackedDatabase database;
  private final Cells cells;
  private final String[] permissions;

  Intruder(AttackedDatabase database, Cells cells) {
    this.database = database;
    this.cells = cells;
    this.permissions = permissions(database.superuser());
  }

  /** What the attack got away with; empty where every door was shut. */
  List<String> attack(DataTable table, DatabaseRole role, Attack attack) {
    Optional<SealedScope> scope = attack.scope(database.tokens(), cells, role, permissions);
    List<String> holes = new ArrayList<>();
    boolean mayRead = table.open();
    String who = role.of(database.service()) + " with " + attack.label();
    String row = victim(table);
    inTransaction(
        role,
        scope,
        attack.isolation(),
        connection -> {
          if (!mayRead) {
            outcome(connection, "select count(*) from " + table.sql(), "")
                .ifPresent(hole -> holes.add(who + " reads " + table.label() + ": " + hole));
          }
          outcome(connection, insert(table, role), row)
              .ifPresent(hole -> holes.add(who + " inserts into " + table.label() + ": " + hole));
          outcome(connection, update(table, role), row)
              .ifPresent(hole -> holes.add(who + " updates " + table.label() + ": " + hole));
          outcome(connection, "delete from " + table.sql(), "")
              .ifPresent(hole -> holes.add(who + " deletes from " + table.label() + ": " + hole));
        });
    return holes;
  }

  /**
   * Whether the genuine scope reads something; without that, an attack that fails proves nothing.
   */
  boolean ownScopeReads(DataTable table, DatabaseRole role) {
    SealedScope own = database.tokens().sealed(Attack.own(cells, role, permissions));
    List<String> rows = new ArrayList<>();
    inTransaction(
        role,
        Optional.of(own),
        Attack.READ_COMMITTED,
        connection ->
            outcome(connection, "select count(*) from " + table.sql(), "").ifPresent(rows::add));
    return !rows.isEmpty();
  }

  private void inTransaction(
      DatabaseRole role, Optional<SealedScope> scope, String isolation, Steps steps) {
    Connection connection = database.as(role);
    try (Statement begin = connection.createStatement()) {
      begin.execute("set transaction isolation level " + isolation);
      if (scope.isPresent()) {
        set(connection, scope.get());
      }
      steps.run(connection);
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Connection connection, SealedScope scope) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement(
            "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)")) {
      set.setString(1, scope.text());
      set.setString(2, scope.seal());
      set.execute();
    }
  }

  /** What the statement saw, touched or broke; empty where it was refused or found nothing. */
  private static Optional<String> outcome(Connection connection, String sql, String row)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (!row.isEmpty()) {
        statement.setString(1, row);
      }
      long rows = statement.execute() ? count(statement) : statement.getUpdateCount();
      return rows == 0 ? Optional.empty() : Optional.of(rows + " rows");
    } catch (SQLException e) {
      // Any other error, such as a duplicate key, means that the row policy had let it through.
      return REFUSED.contains(e.getSQLState())
          ? Optional.empty()
          : Optional.of("error " + e.getSQLState());
    } finally {
      connection.rollback(before);
    }
  }

  private static long count(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private String insert(DataTable table, DatabaseRole role) {
    String columns =
        columns(table, role, "INSERT").stream()
            .map(Intruder::quoted)
            .collect(Collectors.joining(", "));
    return "insert into %1$s (%2$s) select %2$s from json_populate_record(null::%1$s, ?::json)"
        .formatted(table.sql(), columns);
  }

  // Writes a constant and has no WHERE: so it needs no right to read, and no policy for reading
  // helps.
  private String update(DataTable table, DatabaseRole role) {
    String column = quoted(columns(table, role, "UPDATE").get(0));
    return "update %1$s set %2$s = (json_populate_record(null::%1$s, ?::json)).%2$s"
        .formatted(table.sql(), column);
  }

  /** The columns that the role may write; all of them where it may write none. */
  private List<String> columns(DataTable table, DatabaseRole role, String privilege) {
    String all =
        "select attname from pg_attribute where attrelid = ?::regclass and attnum > 0"
            + " and not attisdropped and attgenerated = '' and attidentity <> 'a'";
    List<String> granted =
        Sql.column(
            database.superuser(),
            all + " and has_column_privilege(?, attrelid, attnum, ?) order by attnum",
            table.sql(),
            role.of(database.service()),
            privilege);
    return granted.isEmpty()
        ? Sql.column(database.superuser(), all + " order by attnum", table.sql())
        : granted;
  }

  /** A row that the attack is after, as JSON. */
  private String victim(DataTable table) {
    return Sql.column(
            database.superuser(), "select to_json(t)::text from " + table.sql() + " t limit 1")
        .stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError(table.label() + " is empty: nothing was attacked"));
  }

  /** Every permission that a policy or function of the database asks for. */
  static String[] permissions(Connection superuser) {
    return Sql.column(
            superuser,
            """
            select distinct m[1]
            from (
              select coalesce(qual, '') || ' ' || coalesce(with_check, '') as text from pg_policies
              union all
              select pg_get_functiondef(p.oid) from pg_proc p
              join pg_namespace n on n.oid = p.pronamespace
              where n.nspname !~ '^pg_' and p.prokind = 'f'
                and n.nspname not in ('information_schema', 'crypto', 'scope')
            ) as source, regexp_matches(source.text, '''([a-z-]+:[a-z-]+)''', 'g') as m
            """)
        .toArray(String[]::new);
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  private interface Steps {
    void run(Connection connection) throws SQLException;
  }
}
