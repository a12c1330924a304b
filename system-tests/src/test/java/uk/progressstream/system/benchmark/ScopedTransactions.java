package uk.progressstream.system.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Whole transactions as the service makes them: begin, set the scope and its seal as bind
 * parameters, query, commit. One connection, so one backend, whose processor time is measured.
 */
final class ScopedTransactions implements AutoCloseable {
  private static final String SET_SCOPE =
      "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)";

  private final Connection connection;
  private final PreparedStatement setScope;
  private final PreparedStatement query;
  private final long backend;

  ScopedTransactions(Connection connection, String sql) throws SQLException {
    this.connection = connection;
    this.setScope = connection.prepareStatement(SET_SCOPE);
    this.query = connection.prepareStatement(sql);
    try (ResultSet row = connection.createStatement().executeQuery("select pg_backend_pid()")) {
      row.next();
      this.backend = row.getLong(1);
    }
    connection.commit();
  }

  /**
   * Runs each of the calls once.
   *
   * @return processor time of the backend in microseconds a transaction
   * @throws IllegalStateException if one of them reads another number of rows than expected
   */
  double microseconds(List<Call> calls) throws SQLException {
    long before = ProcessCpu.ofSingleThread(backend);
    for (Call call : calls) {
      run(call);
    }
    return (ProcessCpu.ofSingleThread(backend) - before) / 1000.0 / calls.size();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void run(Call call) throws SQLException {
    setScope.setString(1, call.scope().text());
    setScope.setString(2, call.scope().seal());
    setScope.executeQuery().close();
    for (int i = 0; i < call.arguments().size(); i++) {
      Object argument = call.arguments().get(i);
      query.setObject(
          i + 1,
          argument instanceof List<?> list
              ? connection.createArrayOf("uuid", list.toArray())
              : argument);
    }
    int rows = 0;
    try (ResultSet result = query.executeQuery()) {
      while (result.next()) {
        rows++;
      }
    }
    connection.commit();
    if (rows != call.rows()) {
      throw new IllegalStateException("%d rows, not %d".formatted(rows, call.rows()));
    }
  }

  /**
   * One transaction.
   *
   * @param arguments of the query; a list is an array of UUIDs
   * @param rows that it has to give
   */
  record Call(SealedScope scope, List<Object> arguments, int rows) {
    Call {
      arguments = List.copyOf(arguments);
    }
  }
}
