package uk.progressstream.sensitive.pupil;

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
final class PupilQuery {
  private static final String SELECT =
      "select ps_id, school_id, class_id, fields_sealed from pupil_record";
  private static final String ORDER = " order by class_id, ps_id";
  private static final int CURSOR_PARTS = 2;

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();

  private PupilQuery() {}

  static PupilQuery of(PupilFilter filter) {
    PupilQuery query = new PupilQuery();
    UUID schoolClass = filter.schoolClass();
    if (schoolClass != null) {
      query.conditions.add("class_id = " + query.add(schoolClass));
    }
    return query;
  }

  /** Of one school alone, unless that is null. */
  PupilQuery in(@Nullable UUID school) {
    if (school != null) {
      conditions.add("school_id = " + add(school));
    }
    return this;
  }

  /**
   * Continues after a page.
   *
   * @throws Problem 400 for a cursor that no page gave
   */
  PupilQuery after(@Nullable String cursor) {
    if (cursor == null) {
      return this;
    }
    String[] part = cursor.split("~", -1);
    if (part.length != CURSOR_PARTS) {
      throw badCursor();
    }
    try {
      UUID schoolClass = UUID.fromString(part[0]);
      UUID psId = UUID.fromString(part[1]);
      conditions.add("(class_id, ps_id) > (" + add(schoolClass) + ", " + add(psId) + ")");
      return this;
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
  }

  String sql(int limit) {
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return SELECT + where + ORDER + " limit " + limit;
  }

  Tuple tuple() {
    return Tuple.from(arguments);
  }

  static SealedPupil read(Row row) {
    return new SealedPupil(
        row.getUUID("ps_id"),
        row.getUUID("school_id"),
        row.getUUID("class_id"),
        row.getBuffer("fields_sealed").getBytes());
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
