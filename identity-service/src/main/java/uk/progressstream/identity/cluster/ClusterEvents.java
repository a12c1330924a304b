package uk.progressstream.identity.cluster;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.platform.access.Caller;

/** Tells the log of each school in a cluster what became of it, whoever did it. */
@ApplicationScoped
public class ClusterEvents {
  private final Witness witness;

  ClusterEvents(Witness witness) {
    this.witness = witness;
  }

  /** Records a change. */
  Uni<Void> record(SqlConnection connection, Caller caller, String kind, Cluster cluster) {
    return record(connection, caller, kind, cluster, Map.of());
  }

  /** Records a change that concerns an account. */
  Uni<Void> record(
      SqlConnection connection, Caller caller, String kind, Cluster cluster, UUID account) {
    return record(connection, caller, kind, cluster, Map.of("account", account.toString()));
  }

  private Uni<Void> record(
      SqlConnection connection,
      Caller caller,
      String kind,
      Cluster cluster,
      Map<String, String> filter) {
    List<Deed> deeds =
        cluster.schools().stream()
            .sorted()
            .map(
                school ->
                    Deed.of(
                        kind,
                        school,
                        event ->
                            event
                                .actor(caller)
                                .resource("cluster")
                                .filter(filter)
                                .concerns(cluster.id())))
            .toList();
    return witness.record(connection, caller.account(), deeds);
  }
}
