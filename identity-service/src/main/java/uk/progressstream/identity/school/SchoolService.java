package uk.progressstream.identity.school;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.StaffPermissions;
import uk.progressstream.identity.invitation.Addressee;
import uk.progressstream.identity.request.CreationId;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Onboarding schools, and listing them. */
@ApplicationScoped
public class SchoolService {
  private final ScopedDatabase database;
  private final Disclosures disclosures;
  private final SchoolRepository repository;
  private final Witness witness;

  SchoolService(
      ScopedDatabase database,
      Disclosures disclosures,
      SchoolRepository repository,
      Witness witness) {
    this.database = database;
    this.disclosures = disclosures;
    this.repository = repository;
    this.witness = witness;
  }

  /** Creates a school with its first admin's invitation; again the same where the ids are. */
  Uni<School> create(Caller caller, UUID id, UUID invitation, NewSchool request) {
    School school = request.named(id);
    Addressee firstAdmin = Addressee.of(request.firstAdmin());
    return database.inScope(
        caller.scope(), connection -> create(connection, caller, school, invitation, firstAdmin));
  }

  /** Staff see names of all schools; everybody else the schools in scope. */
  Uni<Page<School>> page(Caller caller, @Nullable UUID after, int limit) {
    return disclosures.page(
        Reading.of(caller, "schools.read", "schools"),
        connection -> rows(connection, caller, after, limit),
        School::id);
  }

  private Uni<Page<School>> rows(
      SqlConnection connection, Caller caller, @Nullable UUID after, int limit) {
    Uni<List<School>> rows =
        isStaff(caller)
            ? repository.directory(connection, after, limit + 1)
            : repository.inScope(connection, after, limit + 1);
    return rows.map(found -> Page.of(found, limit, last -> last.id().toString()));
  }

  /**
   * A school leaves: roles, clusters, leases and errands there are over. 409 where the number is
   * not the school's.
   */
  Uni<Void> leave(Caller caller, UUID school, String urn) {
    List<Deed> deeds =
        Stream.of(school, AuditEvent.COMPANY).map(log -> left(caller, log, school)).toList();
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .leave(connection, school, urn)
                .invoke(SchoolService::orOtherNumber)
                .chain(() -> witness.record(connection, caller.account(), deeds)));
  }

  private static Deed left(Caller caller, UUID log, UUID school) {
    return Deed.of(
        "school.left", log, event -> event.actor(caller).resource("school").concerns(school));
  }

  private static void orOtherNumber(boolean left) {
    if (!left) {
      throw Problem.conflict(
          "other-urn",
          "Another number",
          "Send the school's own URN, so that nobody leaves by mistake.");
    }
  }

  private Uni<School> create(
      SqlConnection connection,
      Caller caller,
      School school,
      UUID invitation,
      Addressee firstAdmin) {
    return repository
        .create(connection, school, invitation, firstAdmin)
        .chain(
            outcome ->
                witness.record(
                    connection, caller.account(), deeds(outcome, caller, school.id(), invitation)))
        .replaceWith(school);
  }

  private static List<Deed> deeds(String outcome, Caller caller, UUID school, UUID invitation) {
    return switch (outcome) {
      case "created" -> created(caller, school, invitation);
      case "same" -> List.of();
      case "id-taken" -> throw CreationId.usedBefore();
      default -> throw urnTaken();
    };
  }

  private static List<Deed> created(Caller caller, UUID school, UUID invitation) {
    return List.of(
        Deed.of(
            "school.created",
            school,
            event -> event.actor(caller).resource("school").concerns(school)),
        Deed.of(
            "invitation.created",
            school,
            event -> event.actor(caller).resource("invitation").concerns(invitation)));
  }

  private static boolean isStaff(Caller caller) {
    return caller.scope().scope().permits(StaffPermissions.ONBOARD)
        || caller.scope().scope().permits(StaffPermissions.TAKE_SESSION);
  }

  private static Problem urnTaken() {
    return Problem.conflict(
        "urn-taken", "School exists", "A school with this URN is there; look it up in the list.");
  }
}
