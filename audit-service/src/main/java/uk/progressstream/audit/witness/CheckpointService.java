package uk.progressstream.audit.witness;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.audit.publication.SignedTree;
import uk.progressstream.audit.publication.TreeService;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.outbox.Outcome;
import uk.progressstream.platform.problem.Problem;

/** Takes what schools saw, and serves them the latest checkpoint that fits it. */
@ApplicationScoped
public class CheckpointService {
  private static final int NOTE_CHARS_MAX = 20_000;
  private static final int UNPROCESSABLE = 422;

  private final ScopedDatabase database;
  private final SeenRepository repository;
  private final LogGuard guard;
  private final TreeService tree;
  private final NoteSigner signer;
  private final Outbox outbox;

  CheckpointService(
      ScopedDatabase database,
      SeenRepository repository,
      LogGuard guard,
      TreeService tree,
      NoteSigner signer,
      Outbox outbox) {
    this.database = database;
    this.repository = repository;
    this.guard = guard;
    this.tree = tree;
    this.signer = signer;
    this.outbox = outbox;
  }

  /**
   * Takes a checkpoint. What the log signed is kept in any case; where it does not fit, that is an
   * alarm, and fails with 409.
   *
   * @throws Problem 422 where the log did not sign it, 413 where it is too long
   */
  Uni<SeenCheckpoint> add(Caller caller, String note) {
    Checkpoint seen = verified(note);
    UUID school =
        caller.scope().scope().anySchools().stream().findFirst().orElseThrow(Problem::forbidden);
    return database
        .inScope(
            caller.scope(),
            connection ->
                guard
                    .fits(connection, seen.size(), seen.root())
                    .call(fits -> keep(connection, caller, seen, note, fits)))
        .chain(
            fits ->
                fits
                    ? Uni.createFrom()
                        .item(new SeenCheckpoint(school, seen.size(), seen.root().base64()))
                    : guard.alarm(caller));
  }

  /** The latest one, if it fits what the school saw. */
  Uni<String> latest(Caller caller) {
    return guard.inScope(caller, tree::latest).map(SignedTree::note);
  }

  private Uni<Void> keep(
      SqlConnection connection, Caller caller, Checkpoint seen, String note, boolean fits) {
    Set<UUID> schools = caller.scope().scope().anySchools();
    return Multi.createFrom()
        .iterable(schools)
        .onItem()
        .transformToUniAndConcatenate(
            school -> repository.add(connection, school, seen, note, fits, caller.account()))
        .collect()
        .last()
        .chain(
            () ->
                outbox.record(
                    connection,
                    schools.stream().map(school -> event(caller, school, fits)).toList()));
  }

  private Checkpoint verified(String note) {
    if (note.length() > NOTE_CHARS_MAX) {
      throw Problem.tooLarge("A checkpoint has at most 20,000 characters.");
    }
    try {
      return Checkpoint.verified(note, signer.verifierKey());
    } catch (NotVerifiedException e) {
      throw new Problem(
          UNPROCESSABLE,
          "not-our-checkpoint",
          "Not a checkpoint of this log",
          "Send the signed note as the log served it, every line and newline of it.");
    }
  }

  private static AuditEvent event(Caller caller, UUID school, boolean fits) {
    return AuditEvent.of("log.checkpoint-seen", school)
        .actor(caller)
        .resource("checkpoint")
        .outcome(fits ? Outcome.ALLOWED : Outcome.FAILED);
  }
}
