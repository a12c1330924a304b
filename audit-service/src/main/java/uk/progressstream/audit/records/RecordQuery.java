package uk.progressstream.audit.records;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/** The SELECT of a filter, newest first. The scope is not its business; row security adds that. */
final class RecordQuery {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();

  private RecordQuery() {}

  static RecordQuery of(RecordFilter filter) {
    RecordQuery query = new RecordQuery();
    query.condition("kind = ", filter.kind());
    query.condition("occurred_at >= ", filter.from());
    query.condition("occurred_at < ", filter.to());
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

  /** All of them, in the order of the log. */
  String sql() {
    return select() + " order by leaf_index";
  }

  private String select() {
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return "select " + StoredRecord.COLUMNS + " from record" + where;
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
