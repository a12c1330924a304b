package uk.progressstream.platform.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import uk.progressstream.platform.scope.SealedScope;

/**
 * An SQL expression that is evaluated under a scope which the same statement sets: one journey to
 * the database, where a transaction around it takes three. On a pool the statement is a transaction
 * of its own, and the scope ends with it; in a transaction the scope stays until its end.
 *
 * <p>CASE keeps the order: PostgreSQL evaluates the result of a branch after its condition
 * (PostgreSQL documentation, 4.2.14). Were it otherwise, the expression would meet no scope, which
 * is to say nothing.
 */
public final class ScopedCall {
  private final String sql;

  private ScopedCall(String sql) {
    this.sql = sql;
  }

  /**
   * A call.
   *
   * @param expression of one value: the call of a function, or a sub-select
   * @param arguments how many parameters it has, {@code $1} and on
   */
  public static ScopedCall of(String expression, int arguments) {
    return new ScopedCall(
        "select case when set_config('ps.scope', $%d, true) is not null".formatted(arguments + 1)
            + " and set_config('ps.seal', $%d, true) is not null then %s end"
                .formatted(arguments + 2, expression));
  }

  /**
   * The row with the one value.
   *
   * @param client a connection or a pool
   * @param arguments those of the expression; scope and seal are added to it
   */
  public Uni<Row> run(SqlClient client, SealedScope scope, Tuple arguments) {
    return client
        .preparedQuery(sql)
        .execute(arguments.addString(scope.text()).addString(scope.seal()))
        .map(rows -> rows.iterator().next());
  }
}
