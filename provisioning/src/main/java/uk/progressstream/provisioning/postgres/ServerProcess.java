package uk.progressstream.provisioning.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server's programs at work. */
final class ServerProcess {
  private static final long COMMAND_SECONDS_MAX = 60;

  private final RunAs runAs;
  private final Binaries binaries;
  private final ServerSettings settings;

  ServerProcess(RunAs runAs, Binaries binaries, ServerSettings settings) {
    this.runAs = runAs;
    this.binaries = binaries;
    this.settings = settings;
  }

  void initialise(Superuser superuser) throws IOException {
    // initdb reads the password as the server's user, from a file that is gone before the start.
    Path password = settings.tls().resolve("initial-password");
    Files.copy(superuser.passwordFile(), password);
    runAs.handOver(settings.tls());
    try {
      run(
          List.of(
              binaries.program("initdb").toString(),
              "--pgdata=" + settings.data(),
              "--username=" + Superuser.NAME,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C",
              settings.durable() ? "--sync-method=fsync" : "--no-sync"));
    } finally {
      Files.delete(password);
    }
  }

  Process start() throws IOException {
    return new ProcessBuilder(
            runAs.command(
                List.of(binaries.program("postgres").toString(), "-D", settings.data().toString())))
        .directory(settings.directory().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
        .start();
  }

  /** Stops a server at once but cleanly: ends sessions, writes what it holds. */
  void stop() throws IOException {
    run(
        List.of(
            binaries.program("pg_ctl").toString(),
            "stop",
            "--pgdata=" + settings.data(),
            "--mode=fast",
            "--wait",
            "--timeout=30",
            "--silent"));
  }

  private void run(List<String> command) throws IOException {
    Path output = Files.createTempFile("progress-stream-postgres", ".log");
    try {
      Process process =
          new ProcessBuilder(runAs.command(command))
              .directory(settings.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command.get(0) + " did not finish");
      }
      if (process.exitValue() != 0) {
        throw new IOException(lastLine(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** The last thing that a program said: with PostgreSQL it names the cause. */
  static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(l -> !l.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.contains("FATAL") || line.contains("error:"))
        .reduce((earlier, later) -> later)
        .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
  }
}
