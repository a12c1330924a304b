package uk.progressstream.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes. */
class SupervisedTest {
  private static final long PATIENCE_SECONDS = 30;

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> restarts = new LinkedBlockingQueue<>();

  @TempDir private Path directory;
  private Path log;
  private Supervised sleeper;

  @BeforeEach
  void start() throws Exception {
    log = Files.createDirectory(directory.resolve("logs")).resolve("sleeper.log");
    Child child = new Child("sleeper", List.of("sleep", "600"), Map.of(), log);
    sleeper = Supervised.start(child, scheduler, said::add, () -> restarts.add("again"));
  }

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
    sleeper.stop(PATIENCE_SECONDS);
  }

  @Test
  @DisplayName("What is killed is started again, and a line says so")
  void whatIsKilledComesBack() throws Exception {
    long first = sleeper.pid();

    kill(first);

    assertThat(said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isEqualTo("sleeper stopped (exit 137), starting again in 1 s; its log: " + log);
    assertThat(restarts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("again");
    assertThat(sleeper.isAlive()).isTrue();
    assertThat(sleeper.pid()).isNotEqualTo(first);
    assertThat(said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isEqualTo("sleeper was started again, process " + sleeper.pid());
    kill(sleeper.pid());
    assertThat(said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("starting again in 2 s");
  }

  @Test
  @DisplayName("What cannot be started now is tried again until it can")
  void whatStandsInTheWayMayGoAway() throws Exception {
    Files.delete(log);
    Files.delete(log.getParent());

    kill(sleeper.pid());

    assertThat(said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("starting again in 1 s");
    assertThat(said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .startsWith("sleeper cannot be started again, next try in 2 s: ");
    Files.createDirectory(log.getParent());
    assertThat(restarts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("again");
    assertThat(sleeper.isAlive()).isTrue();
  }

  @Test
  @DisplayName("What is stopped on purpose stays so, and nothing is said")
  void whatIsStoppedStaysSo() throws Exception {
    ProcessHandle process = ProcessHandle.of(sleeper.pid()).orElseThrow();

    sleeper.stop(PATIENCE_SECONDS);

    assertThat(process.isAlive()).isFalse();
    scheduler.shutdown();
    assertThat(scheduler.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEmpty();
    assertThat(restarts).isEmpty();
  }

  @Test
  @DisplayName("What is stopped while it waits for its next start is not started")
  void whatIsStoppedWhileItWaits() throws Exception {
    kill(sleeper.pid());
    said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);

    sleeper.stop(PATIENCE_SECONDS);

    scheduler.shutdown();
    assertThat(scheduler.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(restarts).isEmpty();
    assertThat(sleeper.isAlive()).isFalse();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
