package uk.progressstream.pseudonym.vault;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;

/** Enrolling and finding pupils. */
@ApplicationScoped
public class VaultService {
  private final VaultKeys keys;
  private final ScopedDatabase database;
  private final VaultRepository repository;
  private final VaultEvents events;

  VaultService(
      VaultKeys keys, ScopedDatabase database, VaultRepository repository, VaultEvents events) {
    this.keys = keys;
    this.database = database;
    this.repository = repository;
    this.events = events;
  }

  /**
   * Finds or makes the pupils of a batch, adds their classes and changes their postcodes, in one
   * transaction with its record.
   *
   * @return one answer per enrolment, in their order
   */
  Uni<List<PupilAnswer>> enrol(Caller caller, UUID school, List<Enrolment> enrolments) {
    return keys.open(caller.scope(), school)
        .map(key -> EnrolmentBatch.of(enrolments, key))
        .chain(
            batch ->
                database.inScope(
                    caller.scope(), connection -> enrol(connection, caller, school, batch)));
  }

  /** Finds pupils and makes none; an unknown one answers with {@link PupilAnswer#UNKNOWN}. */
  Uni<List<PupilAnswer>> find(Caller caller, UUID school, List<EnrollmentId> ids) {
    return keys.open(caller.scope(), school)
        .map(key -> ids.stream().map(key::lookup).toList())
        .chain(
            lookups ->
                database.inScope(
                    caller.scope(), connection -> find(connection, caller, school, lookups)));
  }

  private Uni<List<PupilAnswer>> enrol(
      SqlConnection connection, Caller caller, UUID school, EnrolmentBatch batch) {
    Enrolled enrolled = new Enrolled(batch);
    return storePupils(connection, school, batch, enrolled)
        .chain(() -> storeMemberships(connection, school, enrolled))
        .call(answers -> events.enrolled(connection, caller, school, batch, answers));
  }

  private Uni<Void> storePupils(
      SqlConnection connection, UUID school, EnrolmentBatch batch, Enrolled enrolled) {
    return repository
        .storePupils(connection, school, batch.pupils())
        .invoke(enrolled::changed)
        .chain(() -> repository.findPupils(connection, school, batch.lookups()))
        .invoke(enrolled::found)
        .replaceWithVoid();
  }

  private Uni<List<PupilAnswer>> storeMemberships(
      SqlConnection connection, UUID school, Enrolled enrolled) {
    return repository
        .storeMemberships(connection, school, enrolled.memberships())
        .invoke(enrolled::joined)
        .chain(() -> repository.classes(connection, school, enrolled.psIds()))
        .map(enrolled::answers);
  }

  private Uni<List<PupilAnswer>> find(
      SqlConnection connection, Caller caller, UUID school, List<Lookup> lookups) {
    return repository
        .findPupils(connection, school, Set.copyOf(lookups))
        .chain(found -> answers(connection, school, lookups, found))
        .call(answers -> events.found(connection, caller, school, lookups.size(), answers));
  }

  private Uni<List<PupilAnswer>> answers(
      SqlConnection connection, UUID school, List<Lookup> lookups, Map<Lookup, UUID> found) {
    return repository
        .classes(connection, school, found.values())
        .map(classes -> lookups.stream().map(each -> answer(found.get(each), classes)).toList());
  }

  private static PupilAnswer answer(@Nullable UUID psId, Map<UUID, List<UUID>> classes) {
    return psId == null
        ? PupilAnswer.UNKNOWN
        : new PupilAnswer(psId, false, classes.getOrDefault(psId, List.of()));
  }
}
