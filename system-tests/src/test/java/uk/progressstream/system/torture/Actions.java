package uk.progressstream.system.torture;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.OutboxWriter;
import uk.progressstream.system.running.RunningSystem;

/**
 * Actions that are committed all the while, in every service's database, each at one of a few
 * schools. One whose commit gave no answer is none that anybody was told of, and counts as neither.
 */
final class Actions implements AutoCloseable {
  private static final int SCHOOLS = 12;
  private static final long PATIENCE_SECONDS = 30;
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final RunningSystem system;
  private final ExecutorService writers = Executors.newFixedThreadPool(Databases.NAMES.size());
  private final Map<String, Set<UUID>> committed = new HashMap<>();
  private final AtomicLong failures = new AtomicLong();
  private final long pauseNanos;
  private volatile boolean running = true;

  private Actions(RunningSystem system, int perSecond) {
    this.system = system;
    this.pauseNanos = TimeUnit.SECONDS.toNanos(Databases.NAMES.size()) / perSecond;
  }

  /** Begins, about so many a second over all databases. */
  static Actions begin(RunningSystem system, int perSecond) {
    Actions actions = new Actions(system, perSecond);
    for (String database : Databases.NAMES) {
      Set<UUID> own = ConcurrentHashMap.newKeySet();
      actions.committed.put(database, own);
      actions.writers.submit(() -> actions.write(database, own));
    }
    return actions;
  }

  /** Of each database, the actions whose commit was answered. */
  Map<String, Set<UUID>> committed() {
    return committed;
  }

  /** What a database committed until now is not asked for any more. */
  void forget(String database) {
    Objects.requireNonNull(committed.get(database)).clear();
  }

  int count() {
    return committed.values().stream().mapToInt(Set::size).sum();
  }

  /** How many were tried and not answered. */
  long failures() {
    return failures.get();
  }

  /** Ends; what was begun is finished. */
  @Override
  public void close() {
    running = false;
    writers.shutdown();
    try {
      if (!writers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a writer hangs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void write(String database, Set<UUID> own) {
    List<UUID> schools = new ArrayList<>();
    for (int i = 0; i < SCHOOLS; i++) {
      schools.add(new UUID(0x70470e, i + 1));
    }
    @Nullable OutboxWriter writer = null;
    for (int i = 0; running; i++) {
      UUID id = UUID.randomUUID();
      try {
        writer = writer == null ? OutboxWriter.open(system, database) : writer;
        writer.write(id, schools.get(i % SCHOOLS));
        own.add(id);
        LockSupport.parkNanos(pauseNanos);
      } catch (SQLException | IOException away) {
        failures.incrementAndGet();
        close(writer);
        writer = null;
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
    close(writer);
  }

  private static void close(@Nullable OutboxWriter writer) {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (SQLException gone) {
      // With its database; there is nothing left to close.
    }
  }
}
