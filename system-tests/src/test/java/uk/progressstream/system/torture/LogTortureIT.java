package uk.progressstream.system.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** The short form of {@link LogTorture}. */
@ExtendWith(WholeSystem.class)
class LogTortureIT {
  private static final int PER_SECOND = 300;

  @TempDir Path folder;

  private final RunningSystem system;

  LogTortureIT(RunningSystem system) {
    this.system = system;
  }

  @Test
  @Proves("D14")
  @DisplayName(
      "log and relay are killed, the database crashes, receipts are lost, under load: each committed"
          + " action has exactly one leaf")
  void everyCommittedActionHasOneLeaf() throws Exception {
    Books books = new Books(system, folder);
    Torments torments = new Torments(system);
    Actions actions = Actions.begin(system, PER_SECOND);
    try (actions) {
      books.keepCheckpoint();
      torments.kill("audit", "grades");
      books.keepCheckpoint();
      torments.forgetReceipts();
      torments.crashDatabase();
    }
    books.balance(actions);
    assertThat(actions.count()).isGreaterThan(PER_SECOND);
    assertThat(actions.failures()).as("the crash was felt").isPositive();
  }
}
