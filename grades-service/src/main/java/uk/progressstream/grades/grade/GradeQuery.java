package uk.progressstream.grades.grade;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/**
 * The SELECT of a filter: only conditions that are asked for, so that each shape keeps its index.
 * The scope is not its business; row security adds that.
 */
final class GradeQuery {
  private static final String SELECT =
      "select ps_id, school_id, class_id, subject, qualification, period, kind, scale, grade,"
          + " points_tenths from grade";
  private static final String ORDER =
      " order by class_id, ps_id, subject, qualification, period, kind";
  private static final int CURSOR_PARTS = 6;

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();

  private GradeQuery() {}

  static GradeQuery of(GradeFilter filter) {
    GradeQuery query = new GradeQuery();
    query.equal("class_id", filter.schoolClass());
    query.equal("subject", filter.subject());
    query.equal("kind", filter.kind());
    return query;
  }

  /** Of one school alone, unless that is null. */
  GradeQuery in(@Nullable UUID school) {
    equal("school_id", school);
    return this;
  }

  /**
   * Continues after a page.
   *
   * @throws Problem 400 for a cursor that no page gave
   */
  GradeQuery after(@Nullable String cursor) {
    if (cursor == null) {
      return this;
    }
    String[] part = cursor.split("~", -1);
    if (part.length != CURSOR_PARTS) {
      throw badCursor();
    }
    try {
      conditions.add(
          "(class_id, ps_id, subject, qualification, period, kind) > ("
              + String.join(
                  ", ",
                  add(UUID.fromString(part[0])),
                  add(UUID.fromString(part[1])),
                  add(part[2]),
                  add(part[3]),
                  add(part[4]),
                  add(part[5]))
              + ")");
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
    return this;
  }

  String sql(int limit) {
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return SELECT + where + ORDER + " limit " + limit;
  }

  Tuple tuple() {
    return Tuple.from(arguments);
  }

  static Grade read(Row row) {
    return new Grade(
        row.getUUID("ps_id"),
        row.getUUID("school_id"),
        row.getUUID("class_id"),
        row.getString("subject"),
        row.getString("qualification"),
        row.getString("period"),
        row.getString("kind"),
        row.getString("scale"),
        row.getString("grade"),
        row.getShort("points_tenths") / 10.0);
  }

  private void equal(String column, @Nullable Object value) {
    if (value != null) {
      conditions.add(column + " = " + add(value));
    }
  }

  private String add(Object value) {
    arguments.add(value);
    return "$" + arguments.size();
  }

  private static Problem badCursor() {
    return Problem.badRequest(
        "bad-cursor", "Cursor not understood", "Send the value of next of the page before.");
  }
}
