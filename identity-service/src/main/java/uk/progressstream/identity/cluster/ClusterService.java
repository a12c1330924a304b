package uk.progressstream.identity.cluster;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.request.CreationId;
import uk.progressstream.identity.request.Schools;
import uk.progressstream.identity.request.SqlRefusal;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Proposing, approving and assigning clusters; always for the one school of the admin's token. */
@ApplicationScoped
public class ClusterService {
  private final ScopedDatabase database;
  private final Disclosures disclosures;
  private final ClusterRepository repository;
  private final ClusterEvents events;

  ClusterService(
      ScopedDatabase database,
      Disclosures disclosures,
      ClusterRepository repository,
      ClusterEvents events) {
    this.database = database;
    this.disclosures = disclosures;
    this.repository = repository;
    this.events = events;
  }

  /** Proposes a cluster, which the own school agrees to with that. */
  Uni<Cluster> propose(Caller caller, UUID id, NewCluster request) {
    UUID home = Schools.only(caller);
    NewCluster.Checked checked = request.checked(home);
    return database
        .inScope(caller.scope(), connection -> propose(connection, caller, id, home, checked))
        .onFailure(SqlRefusal::unknownReference)
        .transform(e -> unknownCell())
        .onFailure(SqlRefusal::tooMany)
        .transform(e -> tooManyProposals());
  }

  Uni<Page<Cluster>> page(Caller caller, @Nullable UUID after, int limit) {
    return disclosures.page(
        Reading.of(caller, "clusters.read", "clusters"),
        connection ->
            repository
                .page(connection, after, limit + 1)
                .map(rows -> Page.of(rows, limit, last -> last.id().toString())),
        Cluster::id);
  }

  Uni<Cluster> find(Caller caller, UUID id) {
    return disclosures.read(
        Reading.of(caller, "clusters.read", "clusters"),
        connection -> existing(connection, id),
        found -> List.of(found.id()));
  }

  /** Agrees for the own school; again changes nothing. */
  Uni<Cluster> approve(Caller caller, UUID id) {
    UUID school = Schools.only(caller);
    return change(
        caller,
        id,
        (connection, cluster) -> repository.approve(connection, school, id),
        (connection, cluster) -> events.record(connection, caller, "cluster.approved", cluster));
  }

  /**
   * Takes the own school's agreement back: the cluster gives nothing to anybody until it is there
   * again.
   */
  Uni<Cluster> withdraw(Caller caller, UUID id) {
    UUID school = Schools.only(caller);
    return change(
        caller,
        id,
        (connection, cluster) -> repository.withdraw(connection, school, id),
        (connection, cluster) ->
            events.record(connection, caller, "cluster.approval-withdrawn", cluster));
  }

  /**
   * Gives the cluster to a teacher of the own school; again changes nothing. A 409 problem where it
   * would be more classes of the school's giving than a token holds.
   */
  Uni<Cluster> assign(Caller caller, UUID id, UUID account) {
    UUID school = Schools.only(caller);
    return change(
            caller,
            id,
            (connection, cluster) -> repository.assign(connection, school, id, account),
            (connection, cluster) ->
                events.record(connection, caller, "cluster.account-added", cluster, account))
        .onFailure(SqlRefusal::unknownReference)
        .transform(e -> noTeacher())
        .onFailure(SqlRefusal::tooMany)
        .transform(e -> tooManyClasses());
  }

  /**
   * Takes the cluster from an account of any school in it; that it did not have it changes nothing.
   */
  Uni<Cluster> remove(Caller caller, UUID id, UUID account) {
    UUID school = Schools.only(caller);
    return change(
        caller,
        id,
        (connection, cluster) -> repository.remove(connection, school, id, account),
        (connection, cluster) ->
            events.record(connection, caller, "cluster.account-removed", cluster, account));
  }

  /** Closes it for good; only the school that made it may, with a 409 problem for the others. */
  Uni<Cluster> close(Caller caller, UUID id) {
    UUID school = Schools.only(caller);
    return change(
        caller,
        id,
        (connection, cluster) -> repository.close(connection, atHome(cluster, school), id),
        (connection, cluster) -> events.record(connection, caller, "cluster.closed", cluster));
  }

  private Uni<Cluster> propose(
      SqlConnection connection, Caller caller, UUID id, UUID home, NewCluster.Checked request) {
    return repository
        .propose(connection, id, home, request)
        .chain(
            added ->
                repository
                    .find(connection, id)
                    .map(found -> found.orElseThrow(CreationId::usedBefore))
                    .call(cluster -> proposed(connection, caller, cluster, added)))
        .invoke(cluster -> requireSame(cluster, request));
  }

  private Uni<Void> proposed(
      SqlConnection connection, Caller caller, Cluster cluster, boolean added) {
    return added
        ? events.record(connection, caller, "cluster.proposed", cluster)
        : Uni.createFrom().voidItem();
  }

  private Uni<Cluster> change(Caller caller, UUID id, Step<Boolean> step, Step<Void> record) {
    return database.inScope(
        caller.scope(),
        connection ->
            existing(connection, id)
                .chain(cluster -> step.take(connection, cluster))
                .chain(
                    changed ->
                        existing(connection, id)
                            .call(cluster -> recordIf(changed, record, connection, cluster))));
  }

  private static Uni<Void> recordIf(
      boolean changed, Step<Void> record, SqlConnection connection, Cluster cluster) {
    return changed ? record.take(connection, cluster) : Uni.createFrom().voidItem();
  }

  private Uni<Cluster> existing(SqlConnection connection, UUID id) {
    return repository.find(connection, id).map(found -> found.orElseThrow(Problem::notFound));
  }

  private static void requireSame(Cluster cluster, NewCluster.Checked request) {
    if (!cluster.says(request)) {
      throw CreationId.usedBefore();
    }
  }

  private static UUID atHome(Cluster cluster, UUID school) {
    if (!cluster.home().equals(school)) {
      throw Problem.conflict(
          "not-the-home-school",
          "Another school's cluster",
          "Only the school that made it closes a cluster; withdraw your approval to stop it.");
    }
    return school;
  }

  private static Problem unknownCell() {
    return Problem.badRequest(
        "unknown-cell", "Unknown school or class", "A school or class of the cells is not there.");
  }

  private static Problem noTeacher() {
    return Problem.conflict(
        "no-teacher",
        "Not a teacher of your school",
        "Invite the person as a teacher; once they have signed in, their account can be assigned.");
  }

  private static Problem tooManyProposals() {
    return Problem.conflict(
        "too-many-clusters",
        "Too many clusters wait for other schools",
        "A school may have at most 200 clusters that wait for other schools; a closed one still counts until a day after it was created.");
  }

  private static Problem tooManyClasses() {
    return Problem.conflict(
        "too-many-classes",
        "More classes than a token holds",
        "An account has at most 200 classes of one school's giving; give a whole school instead.");
  }

  /** One step of a change, in its transaction. */
  private interface Step<T> {
    Uni<T> take(SqlConnection connection, Cluster cluster);
  }
}
