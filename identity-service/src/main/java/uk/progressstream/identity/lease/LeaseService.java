package uk.progressstream.identity.lease;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.progressstream.identity.lease.LeaseRepository.Ended;
import uk.progressstream.identity.lease.LeaseRepository.Taken;
import uk.progressstream.identity.request.SqlRefusal;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.problem.Problem;

/** Taking and ending the one lease. Both schools' logs learn of it in the same transaction. */
@ApplicationScoped
public class LeaseService {
  private final ScopedDatabase database;
  private final LeaseRepository repository;
  private final Witness witness;

  LeaseService(ScopedDatabase database, LeaseRepository repository, Witness witness) {
    this.database = database;
    this.repository = repository;
    this.witness = witness;
  }

  /** Takes a school; what was held before ends with that. */
  Uni<EmployeeSession> take(Caller caller, UUID school, String reason) {
    UUID lease = UUID.randomUUID();
    return database
        .inScope(caller.scope(), connection -> take(connection, caller, lease, school, reason))
        .onFailure(SqlRefusal::nothingThere)
        .transform(e -> Problem.notFound());
  }

  /** Ends what is held; that nothing is changes nothing. */
  Uni<Void> end(Caller caller) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .end(connection)
                .chain(
                    ended -> witness.record(connection, caller.account(), endings(caller, ended))));
  }

  private Uni<EmployeeSession> take(
      SqlConnection connection, Caller caller, UUID lease, UUID school, String reason) {
    return repository
        .take(connection, lease, school, reason)
        .call(
            taken ->
                witness.record(connection, caller.account(), deeds(caller, lease, school, taken)))
        .map(
            taken ->
                new EmployeeSession(lease, school, reason, taken.takenAt(), taken.expiresAt()));
  }

  private static List<Deed> deeds(Caller caller, UUID lease, UUID school, Taken taken) {
    List<Deed> deeds = new ArrayList<>(endings(caller, taken.before()));
    deeds.add(deed("lease.taken", caller, school, lease));
    return deeds;
  }

  private static List<Deed> endings(Caller caller, Optional<Ended> ended) {
    return ended.stream()
        .map(each -> deed("lease.ended", caller, each.school(), each.lease()))
        .toList();
  }

  private static Deed deed(String kind, Caller caller, UUID school, UUID lease) {
    return Deed.of(kind, school, event -> event.actor(caller).resource("lease").concerns(lease));
  }
}
