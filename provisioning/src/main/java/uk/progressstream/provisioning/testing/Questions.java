package uk.progressstream.provisioning.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What a stand-in was asked: for each question, how many were under way then, in a file of the kit.
 * While a second file is there, answers are held back.
 */
final class Questions {
  /** For identity's keys. */
  static final String KEYS = "keys";

  /** For identity's list of what was taken back. */
  static final String REVOCATIONS = "revocations";

  private static final long PAUSE_NANOS = 5_000_000;
  private static final int PAUSES_MAX = 6_000;

  private final Path log;
  private final Path hold;
  private final AtomicInteger underWay = new AtomicInteger();

  Questions(Path kit, String what) {
    this.log = kit.resolve("asked-" + what);
    this.hold = kit.resolve("hold-" + what);
  }

  /** Notes the question and waits for as long as answers are held back. */
  void begin() {
    int now = underWay.incrementAndGet();
    write(log, now + "\n");
    for (int i = 0; i < PAUSES_MAX && Files.exists(hold); i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  void end() {
    underWay.decrementAndGet();
  }

  /** How many were under way at each question so far. */
  List<Integer> all() {
    try {
      return Files.exists(log)
          ? Files.readAllLines(log).stream().map(Integer::valueOf).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void hold(boolean held) {
    try {
      if (held) {
        write(hold, "");
      } else {
        Files.deleteIfExists(hold);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
