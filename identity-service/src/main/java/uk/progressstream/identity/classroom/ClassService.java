package uk.progressstream.identity.classroom;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.request.CreationId;
import uk.progressstream.identity.request.SqlRefusal;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.edge.Conditions;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Making, reading, changing and closing classes. */
@ApplicationScoped
public class ClassService {
  private static final int ALL = 10_000;

  private final ScopedDatabase database;
  private final Disclosures disclosures;
  private final ClassRepository repository;
  private final Outbox outbox;

  ClassService(
      ScopedDatabase database, Disclosures disclosures, ClassRepository repository, Outbox outbox) {
    this.database = database;
    this.disclosures = disclosures;
    this.repository = repository;
    this.outbox = outbox;
  }

  /** Adds a class; the same again where the id says that it is the same request. */
  Uni<SchoolClass> add(Caller caller, UUID school, UUID id, ClassText text) {
    return database
        .inScope(caller.scope(), connection -> add(connection, caller, school, id, text))
        .onFailure(SqlRefusal::duplicate)
        .transform(e -> codeTaken());
  }

  /** A page of the open classes that the scope holds. */
  Uni<Page<SchoolClass>> page(Caller caller, UUID school, @Nullable UUID after, int limit) {
    return disclosures.page(
        Reading.of(caller, "classes.read", "classes", school),
        connection ->
            repository
                .page(connection, school, after, limit + 1)
                .map(rows -> Page.of(rows, limit, last -> last.id().toString())),
        SchoolClass::id);
  }

  /** All open classes of a school that the scope holds. */
  Uni<List<SchoolClass>> all(Caller caller, UUID school) {
    return database.inScope(
        caller.scope(), connection -> repository.page(connection, school, null, ALL));
  }

  Uni<SchoolClass> find(Caller caller, UUID school, UUID id) {
    return disclosures.read(
        Reading.of(caller, "classes.read", "classes", school),
        connection -> existing(connection, school, id),
        found -> List.of(found.id()));
  }

  /**
   * Changes what a class is called.
   *
   * @param etag the version that the change was made to
   */
  Uni<SchoolClass> change(Caller caller, UUID school, UUID id, String etag, ClassText text) {
    return database
        .inScope(
            caller.scope(),
            connection ->
                existing(connection, school, id)
                    .invoke(before -> requireVersion(before, etag))
                    .chain(
                        before -> repository.change(connection, school, id, before.version(), text))
                    .invoke(ClassService::orChangedMeanwhile)
                    .chain(() -> existing(connection, school, id))
                    .call(() -> record(connection, caller, "class.changed", school, id)))
        .onFailure(SqlRefusal::duplicate)
        .transform(e -> codeTaken());
  }

  /**
   * Closes a class: from the next token on no cluster gives it. Closing it again changes nothing.
   */
  Uni<Void> close(Caller caller, UUID school, UUID id) {
    return database.inScope(
        caller.scope(),
        connection ->
            existing(connection, school, id)
                .chain(() -> repository.close(connection, school, id))
                .call(
                    closed ->
                        closed
                            ? record(connection, caller, "class.closed", school, id)
                            : Uni.createFrom().voidItem())
                .replaceWithVoid());
  }

  private Uni<SchoolClass> add(
      SqlConnection connection, Caller caller, UUID school, UUID id, ClassText text) {
    return repository
        .add(connection, school, id, text)
        .call(
            added ->
                added
                    ? record(connection, caller, "class.created", school, id)
                    : Uni.createFrom().voidItem())
        .chain(() -> repository.find(connection, school, id))
        .map(found -> found.orElseThrow(CreationId::usedBefore))
        .invoke(found -> requireSame(found, text));
  }

  private Uni<SchoolClass> existing(SqlConnection connection, UUID school, UUID id) {
    return repository
        .find(connection, school, id)
        .map(found -> found.orElseThrow(Problem::notFound));
  }

  private Uni<UUID> record(
      SqlConnection connection, Caller caller, String kind, UUID school, UUID id) {
    return outbox.record(
        connection,
        AuditEvent.of(kind, school).actor(caller).resource("class").classes(List.of(id)));
  }

  private static void requireSame(SchoolClass found, ClassText text) {
    if (!found.says(text)) {
      throw CreationId.usedBefore();
    }
  }

  private static void requireVersion(SchoolClass before, String etag) {
    if (!Conditions.ifMatch(etag, before.etag()) || before.closedAt() != null) {
      throw changedMeanwhile();
    }
  }

  private static void orChangedMeanwhile(boolean changed) {
    if (!changed) {
      throw changedMeanwhile();
    }
  }

  private static Problem changedMeanwhile() {
    return new Problem(
        412,
        "changed-meanwhile",
        "Changed meanwhile",
        "Read the class again and send its ETag as If-Match; a closed class can't be changed.");
  }

  private static Problem codeTaken() {
    return Problem.conflict(
        "class-code-taken", "Class exists", "An open class of this school has this code.");
  }
}
