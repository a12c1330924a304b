package uk.progressstream.identity.school;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.invitation.Addressee;

/** Schools in scope, and the two functions for those who have none in scope. */
@ApplicationScoped
public class SchoolRepository {
  private static final String CREATE = "select entry.create_school($1, $2, $3, $4, $5, $6, $7)";
  private static final String LEAVE = "select entry.leave($1, $2)";
  private static final String DIRECTORY =
      "select id, name, urn from entry.school_directory($1, $2)";
  private static final String IN_SCOPE =
      """
      select school_id as id, name, urn from school
      where $1::uuid is null or school_id > $1 order by school_id limit $2
      """;

  /** What became of it: {@code created}, {@code same}, {@code id-taken} or {@code urn-taken}. */
  Uni<String> create(
      SqlConnection connection, School school, UUID invitation, Addressee firstAdmin) {
    Tuple tuple =
        Tuple.tuple()
            .addUUID(school.id())
            .addString(school.name())
            .addString(school.urn())
            .addUUID(invitation)
            .addString(firstAdmin.provider().code())
            .addString(firstAdmin.realm())
            .addString(firstAdmin.address());
    return connection
        .preparedQuery(CREATE)
        .execute(tuple)
        .map(rows -> rows.iterator().next().getString(0));
  }

  /** Names of all schools, for staff. */
  Uni<List<School>> directory(SqlConnection connection, @Nullable UUID after, int atMost) {
    return page(connection, DIRECTORY, after, atMost);
  }

  /** The schools that the scope holds. */
  Uni<List<School>> inScope(SqlConnection connection, @Nullable UUID after, int atMost) {
    return page(connection, IN_SCOPE, after, atMost);
  }

  /** False where the number is not the school's, or it has left. */
  Uni<Boolean> leave(SqlConnection connection, UUID school, String urn) {
    return connection
        .preparedQuery(LEAVE)
        .execute(Tuple.of(school, urn))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private static Uni<List<School>> page(
      SqlConnection connection, String sql, @Nullable UUID after, int atMost) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(after, atMost))
        .map(SchoolRepository::list);
  }

  private static List<School> list(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> new School(row.getUUID("id"), row.getString("name"), row.getString("urn")))
        .toList();
  }
}
