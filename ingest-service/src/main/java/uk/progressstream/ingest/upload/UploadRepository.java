package uk.progressstream.ingest.upload;

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
import uk.progressstream.ingest.run.Counts;
import uk.progressstream.ingest.run.UploadState;

/** The statements on table {@code upload}; each runs in a transaction that has its scope. */
@ApplicationScoped
public class UploadRepository {
  // A dead process leaves a row that says "running" for ever, so what is shown is derived from its
  // last sign of life.
  // Longer than the longest silence of a live one: a stalled read (30 s) and two peers at the end
  // of their retries.
  private static final String SILENT =
      "(state in ('received', 'running') and touched_at < now() - interval '180 seconds')";
  private static final String SELECT =
      """
      select id, school_id, kind, dry_run, case when %1$s then 'failed' else state end as state,
             rows_read, rows_accepted, rows_refused, rows_unchanged, bytes, started_at,
             case when %1$s then touched_at else finished_at end as finished_at,
             extract(epoch from coalesce(finished_at, touched_at) - started_at)::float8 as seconds
      from upload
      """
          .formatted(SILENT);
  private static final String FREE_KEY =
      "update upload set state = 'failed', finished_at = touched_at"
          + " where school_id = $1 and key_digest = $2 and "
          + SILENT;
  private static final String ADD =
      """
      insert into upload (school_id, id, kind, state, dry_run, account, key_digest)
      values ($1, $2, $3, 'received', $4, $5, $6)
      on conflict (school_id, key_digest) where key_digest is not null and state <> 'failed' do nothing
      """;
  private static final String CHANGE =
      """
      update upload
      set state = $3, rows_read = $4, rows_accepted = $5, rows_refused = $6, rows_unchanged = $7, bytes = $8,
          problems = problems + $9, touched_at = clock_timestamp(),
          finished_at = case when $10 then clock_timestamp() end
      where school_id = $1 and id = $2
      """;
  private static final String NEWEST_FIRST = " order by started_at desc, id desc limit ";

  /** Frees a key that a dead upload holds. */
  Uni<Void> freeKey(SqlConnection connection, UploadRequest request) {
    return connection
        .preparedQuery(FREE_KEY)
        .execute(Tuple.of(request.school(), request.keyDigest()))
        .replaceWithVoid();
  }

  /** Adds an upload; false where another one that has not failed holds the same key. */
  Uni<Boolean> add(SqlConnection connection, UUID upload, UUID account, UploadRequest request) {
    Tuple tuple =
        Tuple.tuple()
            .addUUID(request.school())
            .addUUID(upload)
            .addString(request.kind().slug())
            .addBoolean(request.dryRun())
            .addUUID(account)
            .addString(request.keyDigest());
    return connection.preparedQuery(ADD).execute(tuple).map(result -> result.rowCount() == 1);
  }

  /** The upload that holds a key. */
  Uni<Optional<Upload>> byKey(SqlConnection connection, UploadRequest request) {
    return connection
        .preparedQuery(SELECT + " where school_id = $1 and key_digest = $2 and state <> 'failed'")
        .execute(Tuple.of(request.school(), request.keyDigest()))
        .map(rows -> uploads(rows).stream().findFirst());
  }

  /** One upload. */
  Uni<Optional<Upload>> byId(SqlConnection connection, UUID upload) {
    return connection
        .preparedQuery(SELECT + " where id = $1")
        .execute(Tuple.of(upload))
        .map(rows -> uploads(rows).stream().findFirst());
  }

  /** Newest first; one row more than a page holds, if there are so many. */
  Uni<List<Upload>> page(
      SqlConnection connection, UUID school, @Nullable UploadCursor after, int limit) {
    Tuple tuple = Tuple.of(school);
    String where = " where school_id = $1";
    if (after != null) {
      where += " and (started_at, id) < ($2, $3)";
      tuple.addOffsetDateTime(after.startedAt()).addUUID(after.id());
    }
    return connection
        .preparedQuery(SELECT + where + NEWEST_FIRST + (limit + 1))
        .execute(tuple)
        .map(UploadRepository::uploads);
  }

  /** Writes where an upload stands, with how many problems were added now. */
  Uni<Void> change(
      SqlConnection connection,
      UUID school,
      UUID upload,
      UploadState state,
      Counts counts,
      int problems) {
    Tuple tuple =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(upload)
            .addString(state.slug())
            .addLong(counts.read())
            .addLong(counts.accepted())
            .addLong(counts.refused())
            .addLong(counts.unchanged())
            .addLong(counts.bytes())
            .addInteger(problems)
            .addBoolean(state.ended());
    return connection.preparedQuery(CHANGE).execute(tuple).replaceWithVoid();
  }

  private static List<Upload> uploads(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(UploadRows::read).toList();
  }
}
