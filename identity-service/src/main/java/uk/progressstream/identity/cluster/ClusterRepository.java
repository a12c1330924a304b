package uk.progressstream.identity.cluster;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.request.Stored;

/**
 * Clusters. A school writes its own approvals and assignments under row security; what shows or
 * makes a cluster over several schools goes through functions that check the scope themselves.
 */
@ApplicationScoped
public class ClusterRepository {
  private static final String PROPOSE = "select entry.propose_cluster($1, $2, $3, $4, $5)";
  private static final String ONE = "select entry.cluster($1)::text";
  private static final String PAGE = "select c::text from entry.clusters($1, $2) c";
  private static final String APPROVE =
      "insert into cluster_approval (school_id, cluster_id) values ($1, $2)"
          + " on conflict (school_id, cluster_id) do nothing";
  private static final String WITHDRAW =
      "select from entry.withdraw_approval($1, $2) as withdrawn where withdrawn";
  private static final String ASSIGN =
      "insert into cluster_account (school_id, cluster_id, account_id) values ($1, $2, $3)"
          + " on conflict (school_id, cluster_id, account_id) do nothing";
  private static final String REMOVE = "select entry.leave_cluster($1, $2, $3)";

  private static final String CLOSE = "select entry.close_cluster($1, $2)";

  private final Stored stored;

  ClusterRepository(Stored stored) {
    this.stored = stored;
  }

  /**
   * False where a cluster of this id is there, whoever's; fails as unknown where a class is not
   * there.
   */
  Uni<Boolean> propose(SqlConnection connection, UUID id, UUID home, NewCluster.Checked request) {
    Tuple tuple =
        Tuple.tuple()
            .addUUID(id)
            .addUUID(home)
            .addString(request.name())
            .addArrayOfUUID(request.schools())
            .addArrayOfUUID(request.classes());
    return connection
        .preparedQuery(PROPOSE)
        .execute(tuple)
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** A cluster that the scope's school is in. */
  Uni<Optional<Cluster>> find(SqlConnection connection, UUID id) {
    return connection
        .preparedQuery(ONE)
        .execute(Tuple.of(id))
        .map(rows -> read(rows.iterator().next()));
  }

  /** At most so many, in the order of their ids. */
  Uni<List<Cluster>> page(SqlConnection connection, @Nullable UUID after, int atMost) {
    return connection
        .preparedQuery(PAGE)
        .execute(Tuple.of(after, atMost))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .flatMap(row -> read(row).stream())
                    .toList());
  }

  /** False where it was approved before. */
  Uni<Boolean> approve(SqlConnection connection, UUID school, UUID id) {
    return changed(connection, APPROVE, Tuple.of(school, id));
  }

  /** False where it was not approved. */
  Uni<Boolean> withdraw(SqlConnection connection, UUID school, UUID id) {
    return changed(connection, WITHDRAW, Tuple.of(school, id));
  }

  /** False where it was assigned before; fails as unknown for whom is no teacher of the school. */
  Uni<Boolean> assign(SqlConnection connection, UUID school, UUID id, UUID account) {
    return changed(connection, ASSIGN, Tuple.of(school, id, account));
  }

  /** False where the account did not have the cluster. */
  Uni<Boolean> remove(SqlConnection connection, UUID school, UUID id, UUID account) {
    return connection
        .preparedQuery(REMOVE)
        .execute(Tuple.of(id, school, account))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** False where it is closed, or another school's. */
  Uni<Boolean> close(SqlConnection connection, UUID home, UUID id) {
    return connection
        .preparedQuery(CLOSE)
        .execute(Tuple.of(id, home))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private static Uni<Boolean> changed(SqlConnection connection, String sql, Tuple tuple) {
    return connection.preparedQuery(sql).execute(tuple).map(rows -> rows.rowCount() == 1);
  }

  private Optional<Cluster> read(Row row) {
    return Optional.ofNullable(row.getString(0)).map(json -> stored.read(json, Cluster.class));
  }
}
