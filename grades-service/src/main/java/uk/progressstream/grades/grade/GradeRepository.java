package uk.progressstream.grades.grade;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The statements on table {@code grade}; each runs in a transaction that has its scope. */
@ApplicationScoped
public class GradeRepository {
  // COPY FROM is refused under row security; one statement over arrays is the bulk write.
  private static final String STORE =
      """
      insert into grade as g (school_id, upload_id, ps_id, class_id, subject, qualification, period, kind,
                              scale, grade, points_tenths)
      select $1, $2, r.* from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
                                     $9::text[], $10::text[], $11::smallint[]) as r
      on conflict (school_id, class_id, ps_id, subject, qualification, period, kind) do update
      set scale = excluded.scale, grade = excluded.grade, points_tenths = excluded.points_tenths,
          upload_id = excluded.upload_id, recorded_at = now()
      where (g.scale, g.grade) is distinct from (excluded.scale, excluded.grade)
      """;

  /**
   * One row more than a page holds, if there are so many.
   *
   * @param school null for all that the scope holds; of one alone a page costs no more than its
   *     rows
   */
  Uni<List<Grade>> page(
      SqlConnection connection,
      GradeFilter filter,
      @Nullable UUID school,
      @Nullable String after,
      int limit) {
    GradeQuery query = GradeQuery.of(filter).in(school).after(after);
    return connection
        .preparedQuery(query.sql(limit + 1))
        .execute(query.tuple())
        .map(
            rows -> StreamSupport.stream(rows.spliterator(), false).map(GradeQuery::read).toList());
  }

  /**
   * Adds or changes grades.
   *
   * @param rows no two with the same key
   * @return how many were new or different
   */
  Uni<Integer> store(SqlConnection connection, UUID school, UUID upload, List<IncomingGrade> rows) {
    Tuple tuple = Tuple.tuple().addUUID(school).addUUID(upload);
    tuple.addArrayOfUUID(rows.stream().map(r -> r.key().psId()).toArray(UUID[]::new));
    tuple.addArrayOfUUID(rows.stream().map(r -> r.key().schoolClass()).toArray(UUID[]::new));
    tuple.addArrayOfString(rows.stream().map(r -> r.key().subject()).toArray(String[]::new));
    tuple.addArrayOfString(rows.stream().map(r -> r.key().qualification()).toArray(String[]::new));
    tuple.addArrayOfString(rows.stream().map(r -> r.key().period()).toArray(String[]::new));
    tuple.addArrayOfString(rows.stream().map(r -> r.key().kind()).toArray(String[]::new));
    tuple.addArrayOfString(rows.stream().map(IncomingGrade::scale).toArray(String[]::new));
    tuple.addArrayOfString(rows.stream().map(IncomingGrade::grade).toArray(String[]::new));
    tuple.addArrayOfShort(rows.stream().map(IncomingGrade::pointsTenths).toArray(Short[]::new));
    return connection.preparedQuery(STORE).execute(tuple).map(result -> result.rowCount());
  }
}
