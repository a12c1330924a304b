package uk.progressstream.audit.blast;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.problem.Problem;

/** Answers who touched what; the question itself is recorded with each school that it is about. */
@ApplicationScoped
public class BlastRadiusService {
  private final ScopedDatabase database;
  private final BlastRepository repository;
  private final Outbox outbox;

  BlastRadiusService(ScopedDatabase database, BlastRepository repository, Outbox outbox) {
    this.database = database;
    this.repository = repository;
    this.outbox = outbox;
  }

  /** For a school's own people: their schools and no other. */
  Uni<List<Touch>> ofOwnSchools(Caller caller, BlastQuestion question) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .ofOwnSchools(connection, question)
                .call(touches -> recordAll(connection, caller, question, touches.size())));
  }

  /**
   * For the first hour of a breach.
   *
   * @param question names one school
   * @return counts; fails with 404 where the errand is not for this school
   */
  Uni<List<Touch>> underErrand(Caller caller, BlastQuestion question) {
    UUID school = question.school();
    if (school == null || !caller.scope().scope().coversSchool(school)) {
      return Uni.createFrom().failure(Problem.forbidden());
    }
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .underErrand(connection, question)
                .call(touches -> recordAll(connection, caller, question, touches.size())));
  }

  private Uni<Void> recordAll(
      SqlConnection connection, Caller caller, BlastQuestion question, int touches) {
    return outbox.record(
        connection,
        caller.scope().scope().anySchools().stream()
            .map(school -> event(caller, question, school, touches))
            .toList());
  }

  private static AuditEvent event(Caller caller, BlastQuestion question, UUID school, int touches) {
    return AuditEvent.of("audit.blast-radius", school)
        .actor(caller)
        .resource("records")
        .filter(question.described())
        .rows(touches);
  }
}
