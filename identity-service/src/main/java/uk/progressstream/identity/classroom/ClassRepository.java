package uk.progressstream.identity.classroom;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The statements on table {@code school_class}. */
@ApplicationScoped
public class ClassRepository {
  private static final String ADD =
      """
      insert into school_class (school_id, class_id, code, subject, year_group) values ($1, $2, $3, $4, $5)
      on conflict (class_id) do nothing
      """;
  private static final String SELECT =
      "select school_id, class_id, code, subject, year_group, closed_at, version from school_class"
          + " where school_id = $1";
  private static final String ONE = SELECT + " and class_id = $2";
  private static final String PAGE =
      SELECT
          + " and closed_at is null and ($2::uuid is null or class_id > $2)"
          + " order by class_id limit $3";
  private static final String CHANGE =
      """
      update school_class set code = $4, subject = $5, year_group = $6, version = version + 1
      where school_id = $1 and class_id = $2 and version = $3 and closed_at is null
      """;
  private static final String CLOSE =
      """
      update school_class set closed_at = now(), version = version + 1
      where school_id = $1 and class_id = $2 and closed_at is null
      """;

  /**
   * False where a class of this id is there, whichever school's; fails as a duplicate where an open
   * one has the code.
   */
  Uni<Boolean> add(SqlConnection connection, UUID school, UUID id, ClassText text) {
    return connection
        .preparedQuery(ADD)
        .execute(Tuple.of(school, id, text.code(), text.subject(), text.yearGroup()))
        .map(rows -> rows.rowCount() == 1);
  }

  Uni<Optional<SchoolClass>> find(SqlConnection connection, UUID school, UUID id) {
    return connection
        .preparedQuery(ONE)
        .execute(Tuple.of(school, id))
        .map(rows -> list(rows).stream().findFirst());
  }

  /** Open classes, at most so many, in the order of their ids. */
  Uni<List<SchoolClass>> page(
      SqlConnection connection, UUID school, @Nullable UUID after, int atMost) {
    return connection
        .preparedQuery(PAGE)
        .execute(Tuple.of(school, after, atMost))
        .map(ClassRepository::list);
  }

  /** False where no open class of this id has this version. */
  Uni<Boolean> change(SqlConnection connection, UUID school, UUID id, int version, ClassText text) {
    return connection
        .preparedQuery(CHANGE)
        .execute(Tuple.of(school, id, version, text.code(), text.subject(), text.yearGroup()))
        .map(rows -> rows.rowCount() == 1);
  }

  /** False where no class of this id is open. */
  Uni<Boolean> close(SqlConnection connection, UUID school, UUID id) {
    return connection
        .preparedQuery(CLOSE)
        .execute(Tuple.of(school, id))
        .map(rows -> rows.rowCount() == 1);
  }

  private static List<SchoolClass> list(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(ClassRepository::read).toList();
  }

  private static SchoolClass read(Row row) {
    return new SchoolClass(
        row.getUUID("class_id"),
        row.getUUID("school_id"),
        row.getString("code"),
        row.getString("subject"),
        row.getString("year_group"),
        row.getOffsetDateTime("closed_at"),
        row.getInteger("version"));
  }
}
