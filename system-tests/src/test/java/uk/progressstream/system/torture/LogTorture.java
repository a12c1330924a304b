package uk.progressstream.system.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/**
 * The log under load and under torture, by name; how to run it is in docs/BENCHMARKS.md. After each
 * torment every committed action has exactly one leaf, and none is missing.
 */
@ExtendWith(WholeSystem.class)
class LogTorture {
  private static final int PER_SECOND = 300;
  private static final int KILLS = Integer.getInteger("torture.kills", 3);
  private static final Duration AWAY =
      Duration.ofMinutes(Integer.getInteger("torture.minutes", 10));
  private static final Duration FULL = Duration.ofSeconds(20);
  private static final long RECORD_BYTES_MIN = 18L << 20;

  @TempDir Path folder;

  private final RunningSystem system;
  private final Databases databases;
  private final Torments torments;
  private final Random random = new Random();
  private Books books;
  private Actions actions;

  LogTorture(RunningSystem system) {
    this.system = system;
    this.databases = new Databases(system);
    this.torments = new Torments(system);
  }

  @BeforeEach
  void begin() throws Exception {
    books = new Books(system, folder);
    books.keepCheckpoint();
    actions = Actions.begin(system, PER_SECOND);
    moment();
  }

  @AfterEach
  void end() {
    actions.close();
  }

  @Test
  @DisplayName("kill -9 of every process, at whatever step it is, again and again")
  void kills() throws Exception {
    for (int round = 0; round < KILLS; round++) {
      for (String service : Databases.NAMES) {
        moment();
        torments.kill(service);
        books.keepCheckpoint();
      }
      torments.crashDatabase();
    }
    balance();
  }

  @Test
  @DisplayName("the log stands still under load: nobody is held up, and nothing is lost")
  void away() throws Exception {
    torments.pause("audit", AWAY);
    balance();
  }

  @Test
  @DisplayName("receipts are lost again and again: nothing gets a second leaf")
  void duplicates() throws Exception {
    for (int round = 0; round < KILLS; round++) {
      torments.forgetReceipts();
      moment();
    }
    balance();
  }

  @Test
  @DisplayName("two relays of one service at once, one of them killed")
  void twoRelays() throws Exception {
    Process second = torments.secondOf("grades");
    try {
      moment();
      torments.kill("grades");
      moment();
    } finally {
      second.destroyForcibly();
    }
    balance();
  }

  @Test
  @DisplayName("the disk under the log is full for a while")
  void fullDisk() throws Exception {
    try (Actions more = Actions.begin(system, 20 * PER_SECOND)) {
      while (recordBytes() < RECORD_BYTES_MIN) {
        moment();
      }
    }
    books.awaitEmptyOutboxes();
    torments.fullDisk(FULL);
    balance();
  }

  @Test
  @DisplayName(
      "the log's database is set back: what was lost comes again, and who kept a checkpoint knows")
  void theLogIsSetBack() throws Exception {
    torments.copy("audit");
    moment();
    Path kept = books.keepCheckpoint();
    torments.setBack("audit");
    // Its own outbox was set back with it: what it did itself meanwhile is lost on both sides.
    actions.forget("audit");
    moment();
    books.forgetCheckpoints();
    balance();
    assertThat(books.verify(List.of(kept))).as("a rewritten log is found").isEqualTo(1);
  }

  @Test
  @DisplayName(
      "a service's database is set back: it gets free numbers, and its lost past has leaves")
  void aServiceIsSetBack() throws Exception {
    torments.copy("grades");
    moment();
    // What was committed and had not left the outbox yet would be lost with it.
    actions.close();
    books.awaitEmptyOutboxes();
    torments.setBack("grades");
    Actions before = actions;
    actions = Actions.begin(system, PER_SECOND);
    moment();
    balance();
    books.balance(before);
  }

  private void balance() throws Exception {
    actions.close();
    books.balance(actions);
  }

  private long recordBytes() throws SQLException {
    return Long.parseLong(databases.column("audit", "select pg_relation_size('record')").get(0));
  }

  private void moment() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(2_000));
  }
}
