package uk.progressstream.audit.publication;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.platform.database.ScopedDatabase;

/**
 * Refuses to start with a key that did not sign the log so far: whoever holds the old public key
 * would take every later checkpoint for a forgery.
 */
@ApplicationScoped
public class KeyGuard {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final ScopedDatabase database;
  private final TreeService tree;
  private final NoteSigner signer;

  KeyGuard(ScopedDatabase database, TreeService tree, NoteSigner signer) {
    this.database = database;
    this.tree = tree;
    this.signer = signer;
  }

  void check(@Observes StartupEvent event) {
    check(database.withoutScope(tree::latest).await().atMost(ANSWER_WITHIN));
  }

  void check(SignedTree latest) {
    try {
      Checkpoint.verified(latest.note(), signer.verifierKey());
    } catch (NotVerifiedException e) {
      throw new IllegalStateException(
          "refusing to start: the latest checkpoint was signed by another key or origin", e);
    }
  }
}
