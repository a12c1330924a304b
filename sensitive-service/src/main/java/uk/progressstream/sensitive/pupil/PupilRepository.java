package uk.progressstream.sensitive.pupil;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The statements on table {@code pupil_record}; each runs in a transaction that has its scope. */
@ApplicationScoped
public class PupilRepository {
  private static final String TAKE_TURN = "select pupil.take_turn($1)";
  private static final String STORED =
      """
      select distinct on (ps_id) ps_id, fields_sealed from pupil_record
      where school_id = $1 and ps_id = any ($2::uuid[]) order by ps_id, recorded_at desc
      """;
  private static final String STORE =
      """
      insert into pupil_record as r (school_id, upload_id, class_id, ps_id, fields_sealed, fields_digest)
      select $1, $2, m.class_id, p.ps_id, p.sealed, p.digest
      from unnest($3::uuid[], $4::bytea[], $5::bytea[]) as p (ps_id, sealed, digest)
      join unnest($6::uuid[], $7::uuid[]) as m (ps_id, class_id) using (ps_id)
      order by m.class_id, p.ps_id
      on conflict (school_id, class_id, ps_id) do update
      set upload_id = excluded.upload_id, fields_sealed = excluded.fields_sealed,
          fields_digest = excluded.fields_digest, recorded_at = now()
      where r.fields_digest <> excluded.fields_digest
      returning ps_id
      """;
  private static final String REMOVE =
      "select ps_id from pupil.leave_other_classes($1, $2, $3, $4) as ps_id";

  /**
   * One row more than a page holds, if there are so many.
   *
   * @param school null for all that the scope holds; of one alone a page costs no more than its
   *     rows
   */
  Uni<List<SealedPupil>> page(
      SqlConnection connection,
      PupilFilter filter,
      @Nullable UUID school,
      @Nullable String after,
      int limit) {
    PupilQuery query = PupilQuery.of(filter).in(school).after(after);
    return connection
        .preparedQuery(query.sql(limit + 1))
        .execute(query.tuple())
        .map(rows -> stream(rows).map(PupilQuery::read).toList());
  }

  /** Waits until no other transaction stores records of this school; lasts until the commit. */
  Uni<Void> lock(SqlConnection connection, UUID school) {
    return connection.preparedQuery(TAKE_TURN).execute(Tuple.of(school)).replaceWithVoid();
  }

  /** The sealed fields of those pupils that have some. */
  Uni<Map<UUID, byte[]>> stored(SqlConnection connection, UUID school, Collection<UUID> psIds) {
    return connection
        .preparedQuery(STORED)
        .execute(Tuple.of(school, psIds.toArray(UUID[]::new)))
        .map(
            rows ->
                stream(rows)
                    .collect(
                        Collectors.toMap(
                            row -> row.getUUID("ps_id"),
                            row -> row.getBuffer("fields_sealed").getBytes())));
  }

  /**
   * Adds or changes records, in every class of each pupil.
   *
   * @return the pupils of whom anything was new or different
   */
  Uni<Set<UUID>> store(SqlConnection connection, UUID school, UUID upload, RecordBatch batch) {
    Collection<SealedRecord> records = batch.records();
    Tuple tuple = Tuple.of(school, upload, psIds(records));
    tuple.addValue(buffers(records, SealedRecord::fieldsSealed));
    tuple.addValue(buffers(records, SealedRecord::fieldsDigest));
    tuple.addArrayOfUUID(batch.memberPsIds()).addArrayOfUUID(batch.memberClasses());
    return connection.preparedQuery(STORE).execute(tuple).map(PupilRepository::distinctPsIds);
  }

  /**
   * Removes the pupils of a batch from the classes that they are no longer in.
   *
   * @return the pupils who left any
   */
  Uni<Set<UUID>> removeFromOtherClasses(SqlConnection connection, UUID school, RecordBatch batch) {
    Tuple tuple = Tuple.of(school, psIds(batch.records()));
    tuple.addArrayOfUUID(batch.memberPsIds()).addArrayOfUUID(batch.memberClasses());
    return connection.preparedQuery(REMOVE).execute(tuple).map(PupilRepository::distinctPsIds);
  }

  private static UUID[] psIds(Collection<SealedRecord> records) {
    return records.stream().map(SealedRecord::psId).toArray(UUID[]::new);
  }

  private static Buffer[] buffers(
      Collection<SealedRecord> records, Function<SealedRecord, byte[]> read) {
    return records.stream().map(read).map(Buffer::buffer).toArray(Buffer[]::new);
  }

  private static Set<UUID> distinctPsIds(RowSet<Row> rows) {
    return stream(rows).map(row -> row.getUUID("ps_id")).collect(Collectors.toSet());
  }

  private static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }
}
