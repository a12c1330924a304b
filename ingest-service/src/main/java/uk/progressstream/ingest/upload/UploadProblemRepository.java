package uk.progressstream.ingest.upload;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * The statements on table {@code upload_problem}; each runs in a transaction that has its scope.
 */
@ApplicationScoped
public class UploadProblemRepository {
  private static final String ADD =
      """
      insert into upload_problem (school_id, upload_id, position, row_number, column_number, column_name, code, detail)
      select $1, $2, u.problems + p.n, p.row_number, p.column_number, p.column_name, p.code, p.detail
      from upload u,
           unnest($3::bigint[], $4::integer[], $5::text[], $6::text[], $7::text[])
             with ordinality as p (row_number, column_number, column_name, code, detail, n)
      where u.school_id = $1 and u.id = $2
      """;
  private static final String PAGE =
      """
      select position, row_number, column_number, column_name, code, detail from upload_problem
      where school_id = $1 and upload_id = $2 and position > $3 order by position limit $4
      """;

  /** Adds problems behind those that are there; before the upload's own count of them is raised. */
  Uni<Void> add(SqlConnection connection, UUID school, UUID upload, List<Finding> findings) {
    Tuple tuple = Tuple.tuple().addUUID(school).addUUID(upload);
    tuple.addArrayOfLong(findings.stream().map(Finding::row).toArray(Long[]::new));
    tuple.addArrayOfInteger(findings.stream().map(Finding::column).toArray(Integer[]::new));
    tuple.addArrayOfString(findings.stream().map(Finding::columnName).toArray(String[]::new));
    tuple.addArrayOfString(findings.stream().map(f -> f.code().slug()).toArray(String[]::new));
    tuple.addArrayOfString(findings.stream().map(Finding::detail).toArray(String[]::new));
    return connection.preparedQuery(ADD).execute(tuple).replaceWithVoid();
  }

  /** At most {@code limit} problems behind a position, in order. */
  Uni<List<ListedProblem>> page(
      SqlConnection connection, UUID school, UUID upload, int after, int limit) {
    return connection
        .preparedQuery(PAGE)
        .execute(Tuple.of(school, upload, after, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(UploadProblemRepository::read)
                    .toList());
  }

  private static ListedProblem read(Row row) {
    return new ListedProblem(
        row.getInteger("position"),
        new Finding(
            row.getLong("row_number"),
            row.getInteger("column_number"),
            row.getString("column_name"),
            ProblemCode.ofSlug(row.getString("code")),
            row.getString("detail")));
  }

  /** A problem and its place in the list, from 1. */
  record ListedProblem(int position, Finding finding) {
    /** Where a page ends. */
    String cursor() {
      return Integer.toString(position);
    }
  }
}
