package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Does a deed under a genuine seal, looks what came of it, and takes it back: what was answered, in
 * whose rows something changed, and what its scope sees afterwards that it did not see before.
 */
final class Trespass {
  private final Connection superuser;
  private final String service;
  private final Estate estate;
  private final Looks looks;

  Trespass(Connection superuser, String service, Estate estate, Looks looks) {
    this.superuser = superuser;
    this.service = service;
    this.estate = estate;
    this.looks = looks;
  }

  /**
   * How somebody looks round.
   *
   * @param calls deeds that change nothing, with whose arguments they are tried
   * @param consequences queries for what follows from rows, run as the superuser
   */
  record Looks(List<Deed> calls, List<Holding> whose, List<String> consequences) {}

  /**
   * What came of a deed.
   *
   * @param answer what it answered, or the SQL state of its refusal
   * @param refused whether the database refused it
   * @param changed tables in which rows changed, by whose they are
   * @param seen all that its scope sees afterwards, where it changed anything
   */
  record Outcome(String answer, boolean refused, Map<String, Set<String>> changed, String seen) {
    boolean didSomething() {
      return !refused && (!changed.isEmpty() || !Set.of("", "f", "null").contains(answer.strip()));
    }
  }

  Outcome of(Deed deed, Map<String, Optional<String>> arguments, SealedScope scope) {
    return under(Attack.READ_COMMITTED, deed, arguments, scope);
  }

  Outcome under(
      String isolation, Deed deed, Map<String, Optional<String>> arguments, SealedScope scope) {
    try {
      superuser.setAutoCommit(false);
      try {
        superuser.createStatement().execute("set transaction isolation level " + isolation);
        return inTransaction(deed, arguments, scope);
      } finally {
        superuser.rollback();
        superuser.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(deed.label(), e);
    }
  }

  /** What a scope sees before anything was done. */
  String seen(Deed deed, SealedScope scope) {
    try {
      superuser.setAutoCommit(false);
      try {
        become(deed, scope);
        return look(deed);
      } finally {
        superuser.rollback();
        superuser.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(deed.label(), e);
    }
  }

  private Outcome inTransaction(
      Deed deed, Map<String, Optional<String>> arguments, SealedScope scope) throws SQLException {
    become(deed, scope);
    String answer;
    try (PreparedStatement statement = prepared(deed, arguments)) {
      answer = statement.execute() ? rows(statement) : "";
      // What is checked at the commit is checked now, in the role that would commit.
      superuser.createStatement().execute("set constraints all immediate");
    } catch (SQLException e) {
      return new Outcome(e.getSQLState(), true, Map.of(), "");
    }
    superuser.createStatement().execute("reset role");
    Map<String, Set<String>> changed = estate.changes();
    if (changed.isEmpty()) {
      return new Outcome(answer, false, changed, "");
    }
    superuser.createStatement().execute("set local role " + deed.role().of(service));
    return new Outcome(answer, false, changed, look(deed));
  }

  private void become(Deed deed, SealedScope scope) throws SQLException {
    superuser.createStatement().execute("set local role " + deed.role().of(service));
    try (PreparedStatement set =
        superuser.prepareStatement(
            "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)")) {
      set.setString(1, scope.text());
      set.setString(2, scope.seal());
      set.execute();
    }
  }

  /** Everything that the role reads, and what follows from the rows by the service's own looks. */
  private String look(Deed deed) throws SQLException {
    StringBuilder seen = new StringBuilder();
    for (String table : estate.readableBy(deed.role().of(service))) {
      seen.append(read("select t::text from " + table + " t"));
    }
    for (Deed call : looks.calls()) {
      if (call.role() == deed.role()) {
        for (Holding each : looks.whose()) {
          seen.append(tried(call, call.arguments().apply(each)));
        }
      }
    }
    superuser.createStatement().execute("reset role");
    for (String each : looks.consequences()) {
      seen.append(read(each));
    }
    return seen.toString();
  }

  private String tried(Deed call, Map<String, Optional<String>> arguments) throws SQLException {
    Savepoint before = superuser.setSavepoint();
    try (PreparedStatement statement = prepared(call, arguments)) {
      statement.execute();
      return rows(statement);
    } catch (SQLException e) {
      superuser.rollback(before);
      return "";
    }
  }

  private PreparedStatement prepared(Deed deed, Map<String, Optional<String>> arguments)
      throws SQLException {
    PreparedStatement statement = superuser.prepareStatement(deed.sql());
    int nth = 1;
    for (Optional<String> each : arguments.values()) {
      statement.setString(nth++, each.orElse(null));
    }
    return statement;
  }

  private String read(String sql) throws SQLException {
    try (PreparedStatement statement = superuser.prepareStatement(sql)) {
      statement.execute();
      return rows(statement);
    }
  }

  private static String rows(PreparedStatement statement) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        lines.add(String.valueOf(rows.getString(1)));
      }
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** Ids of other schools that are in a text, and that nobody gave. */
  Set<String> told(String text, Map<String, Optional<String>> arguments) {
    return estate.marks().keySet().stream()
        .filter(text::contains)
        .filter(
            mark ->
                arguments.values().stream()
                    .noneMatch(each -> each.filter(v -> v.contains(mark)).isPresent()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whose ids those are. */
  Set<String> owners(Set<String> marks) {
    return marks.stream()
        .map(mark -> estate.marks().getOrDefault(mark, "nobody"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
