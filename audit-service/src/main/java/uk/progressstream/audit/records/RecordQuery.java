package uk.progressstream.audit.records;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/** The SELECT of a filter. The scope is not its business; row security adds that. */
final class RecordQuery {
  private static final String EXPORTED =
      """
      select %1$s from (
        select %1$s, sum(octet_length(body)) over (order by leaf_index rows unbounded preceding exclude current row)
          as bytes_before
        from record%2$s order by leaf_index limit %3$d) as page
      where coalesce(bytes_before, 0) < %4$d order by leaf_index
      """;

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();

  private RecordQuery() {}

  static RecordQuery of(RecordFilter filter) {
    RecordQuery query = new RecordQuery();
    query.condition("kind = ", filter.kind());
    query.condition("occurred_at >= ", filter.window().from());
    query.condition("occurred_at < ", filter.window().to());
    query.condition("actor = ", filter.actor());
    query.condition("outcome = ", filter.outcome());
    if (filter.schoolClass() != null) {
      query.condition("class_ids @> ", new UUID[] {filter.schoolClass()});
    }
    return query;
  }

  /**
   * Continues after a page.
   *
   * @throws Problem 400 for a cursor that no page gave
   */
  RecordQuery after(@Nullable String cursor) {
    if (cursor == null) {
      return this;
    }
    if (!cursor.matches("[0-9]{1,18}")) {
      throw Problem.badRequest(
          "bad-cursor", "Cursor not understood", "Send the value of next of the page before.");
    }
    condition("leaf_index < ", Long.valueOf(cursor));
    return this;
  }

  /** Newest first. */
  String sql(int limit) {
    return select() + " order by leaf_index desc limit " + limit;
  }

  /** One school's, in the order of the log, from behind a leaf. */
  RecordQuery exported(UUID school, @Nullable String after) {
    condition("school_id = ", school);
    condition("leaf_index > ", after == null ? null : Long.valueOf(after));
    return this;
  }

  /** In the order of the log; so many rows and so many bytes of them, and one row in any case. */
  String sql(int rows, int bytes) {
    return EXPORTED.formatted(StoredRecord.COLUMNS, where(), rows, bytes);
  }

  private String select() {
    return "select " + StoredRecord.COLUMNS + " from record" + where();
  }

  private String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  Tuple tuple() {
    return Tuple.from(arguments);
  }

  private void condition(String left, @Nullable Object value) {
    if (value != null) {
      arguments.add(value);
      conditions.add(left + "$" + arguments.size());
    }
  }
}
