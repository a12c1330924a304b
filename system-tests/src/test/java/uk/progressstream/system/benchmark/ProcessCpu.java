package uk.progressstream.system.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time of other processes, as Linux keeps it: nanoseconds, not clock ticks. */
final class ProcessCpu {
  private ProcessCpu() {}

  /** Of one process with a single thread, such as a backend of PostgreSQL. */
  static long ofSingleThread(long pid) {
    return nanos(Path.of("/proc/" + pid + "/schedstat"));
  }

  /** Of a process with all its threads that still run. */
  static long ofAllThreads(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return threads.mapToLong(thread -> nanos(thread.resolve("schedstat"))).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a process's children that still run, such as the backends of a PostgreSQL server. */
  static long ofChildren(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::children)
        .mapToLong(child -> ofSingleThread(child.pid()))
        .sum();
  }

  private static long nanos(Path schedstat) {
    try {
      return Long.parseLong(Files.readString(schedstat).split(" ", 2)[0]);
    } catch (NoSuchFileException goneMeanwhile) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
