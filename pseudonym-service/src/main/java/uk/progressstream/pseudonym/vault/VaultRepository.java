package uk.progressstream.pseudonym.vault;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The statements on the vault's tables; each runs in a transaction that has its scope. */
@ApplicationScoped
public class VaultRepository {
  // Of two uploads that bring one pupil at the same time the second waits here, then keeps the
  // first's ps_id.
  private static final String STORE_PUPILS =
      """
      insert into pupil as p (school_id, ps_id, lookup, enrollment_id_sealed, postcode_hash)
      select $1, n.* from unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[]) as n
      on conflict (school_id, lookup) do update set postcode_hash = excluded.postcode_hash, changed_at = now()
      where excluded.postcode_hash is not null and p.postcode_hash is distinct from excluded.postcode_hash
      returning lookup
      """;
  private static final String FIND_PUPILS =
      "select lookup, ps_id from pupil where school_id = $1 and lookup = any ($2::bytea[])";
  private static final String STORE_MEMBERSHIPS =
      """
      insert into pupil_class (school_id, ps_id, class_id)
      select $1, n.* from unnest($2::uuid[], $3::uuid[]) as n
      on conflict do nothing
      returning ps_id, class_id
      """;
  private static final String CLASSES =
      """
      select ps_id, array_agg(class_id order by class_id) as classes from pupil_class
      where school_id = $1 and ps_id = any ($2::uuid[]) group by ps_id
      """;

  /**
   * Adds pupils that are not there, and changes postcodes.
   *
   * @param pupils distinct, in the order in which their rows are to be locked
   * @return the lookups of those that were added or changed
   */
  Uni<Set<Lookup>> storePupils(SqlConnection connection, UUID school, Collection<NewPupil> pupils) {
    Tuple tuple = Tuple.tuple().addUUID(school);
    tuple.addArrayOfUUID(pupils.stream().map(NewPupil::psId).toArray(UUID[]::new));
    tuple.addValue(buffers(pupils, pupil -> pupil.lookup().buffer()));
    tuple.addValue(buffers(pupils, pupil -> Buffer.buffer(pupil.enrollmentIdSealed())));
    tuple.addValue(buffers(pupils, VaultRepository::postcodeHash));
    return connection
        .preparedQuery(STORE_PUPILS)
        .execute(tuple)
        .map(rows -> stream(rows).map(VaultRepository::lookup).collect(Collectors.toSet()));
  }

  /** The ps_ids of those that are there. */
  Uni<Map<Lookup, UUID>> findPupils(
      SqlConnection connection, UUID school, Collection<Lookup> lookups) {
    Tuple tuple = Tuple.of(school).addValue(buffers(lookups, Lookup::buffer));
    return connection
        .preparedQuery(FIND_PUPILS)
        .execute(tuple)
        .map(
            rows ->
                stream(rows)
                    .collect(
                        Collectors.toMap(VaultRepository::lookup, row -> row.getUUID("ps_id"))));
  }

  /** Adds memberships; returns those that are new. */
  Uni<Set<Membership>> storeMemberships(
      SqlConnection connection, UUID school, Collection<Membership> memberships) {
    Tuple tuple = Tuple.of(school);
    tuple.addArrayOfUUID(memberships.stream().map(Membership::psId).toArray(UUID[]::new));
    tuple.addArrayOfUUID(memberships.stream().map(Membership::schoolClass).toArray(UUID[]::new));
    return connection
        .preparedQuery(STORE_MEMBERSHIPS)
        .execute(tuple)
        .map(rows -> stream(rows).map(VaultRepository::membership).collect(Collectors.toSet()));
  }

  /** The classes of each pupil that has any. */
  Uni<Map<UUID, List<UUID>>> classes(
      SqlConnection connection, UUID school, Collection<UUID> psIds) {
    Tuple tuple = Tuple.of(school).addArrayOfUUID(psIds.toArray(UUID[]::new));
    return connection
        .preparedQuery(CLASSES)
        .execute(tuple)
        .map(
            rows ->
                stream(rows)
                    .collect(
                        Collectors.toMap(
                            row -> row.getUUID("ps_id"),
                            row -> Arrays.asList(row.getArrayOfUUIDs("classes")))));
  }

  private static <T> Buffer[] buffers(Collection<T> items, Function<T, Buffer> read) {
    return items.stream().map(read).toArray(Buffer[]::new);
  }

  @SuppressWarnings("NullAway") // An array of bytea may hold null.
  private static Buffer postcodeHash(NewPupil pupil) {
    byte[] hash = pupil.postcodeHash();
    return hash == null ? null : Buffer.buffer(hash);
  }

  private static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  private static Lookup lookup(Row row) {
    return new Lookup(row.getBuffer("lookup").getBytes());
  }

  private static Membership membership(Row row) {
    return new Membership(row.getUUID("ps_id"), row.getUUID("class_id"));
  }
}
