package uk.progressstream.identity.history;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the history; nothing here can write it. */
@ApplicationScoped
public class HistoryRepository {
  private static final String OF_SCHOOL =
      """
      select change_id as change, changed_at as at, school_id as school, actor, subject, before, after
      from history where school_id = $1 and ($2::timestamptz is null or (changed_at, change_id) < ($2, $3))
      order by changed_at desc, change_id desc limit $4
      """;
  private static final String OF_CLUSTER =
      "select change, at, school, actor, subject, before, after"
          + " from entry.cluster_history($1, $2, $3, $4)";
  private static final Pattern WORD_BREAK = Pattern.compile("_([a-z])");

  /** At most so many of a school, newest first. */
  Uni<List<Change>> ofSchool(
      SqlConnection connection, UUID school, ChangeCursor after, int atMost) {
    return changes(connection, OF_SCHOOL, school, after, atMost);
  }

  /** At most so many of a cluster that the scope's school is in, newest first. */
  Uni<List<Change>> ofCluster(
      SqlConnection connection, UUID cluster, ChangeCursor after, int atMost) {
    return changes(connection, OF_CLUSTER, cluster, after, atMost);
  }

  private static Uni<List<Change>> changes(
      SqlConnection connection, String sql, UUID of, ChangeCursor after, int atMost) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(of, after.at(), after.id(), atMost))
        .map(HistoryRepository::list);
  }

  private static List<Change> list(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(HistoryRepository::change).toList();
  }

  private static Change change(Row row) {
    return new Change(
        row.getUUID("change"),
        row.getOffsetDateTime("at").withOffsetSameInstant(ZoneOffset.UTC),
        row.getUUID("school"),
        row.getUUID("actor"),
        row.getString("subject").replace('_', '-'),
        fields(row.getJsonObject("before")),
        fields(row.getJsonObject("after")));
  }

  private static @Nullable Map<String, Object> fields(@Nullable JsonObject columns) {
    if (columns == null) {
      return null;
    }
    Map<String, Object> fields = new TreeMap<>();
    columns.forEach(
        column -> {
          if (column.getValue() != null) {
            fields.put(camelCase(column.getKey()), column.getValue());
          }
        });
    return fields;
  }

  private static String camelCase(String column) {
    return WORD_BREAK.matcher(column).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}
