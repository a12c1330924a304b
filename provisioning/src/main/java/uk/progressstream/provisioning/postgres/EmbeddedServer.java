package uk.progressstream.provisioning.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.PrivateFiles;
import uk.progressstream.provisioning.ports.Ports;

/**
 * PostgreSQL as a child process. It listens on 127.0.0.1 with TLS 1.3 alone and asks everybody for
 * a certificate and a password, from its first moment on; there is no other way in.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final long POLL_MS = 30;
  private static final int PORT_TRIES = 5;
  private static final Duration CERTIFICATE_VALIDITY = Duration.ofDays(30);

  private final ServerSettings settings;
  private final ServerProcess programs;
  private final Superuser superuser;
  private volatile Process process;
  private final int port;
  private final Thread exitHook = new Thread(this::stopQuietly, "stop-postgres");

  private EmbeddedServer(
      ServerSettings settings,
      ServerProcess programs,
      Superuser superuser,
      Process process,
      int port) {
    this.settings = settings;
    this.programs = programs;
    this.superuser = superuser;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server, makes its data directory where there is none, and waits until it answers. A
   * server that a killed run left behind on the same data is stopped first.
   *
   * @throws IOException with one clear line: no space, port in use, no way to run as root
   */
  public static EmbeddedServer start(ServerSettings settings) throws IOException {
    RunAs runAs = RunAs.detect();
    ServerProcess programs = new ServerProcess(runAs, Binaries.unpack(runAs), settings);
    PrivateFiles.createDirectory(settings.directory());
    Superuser superuser = Superuser.prepare(settings.superuser(), settings.authority());
    writeTls(settings);
    if (Files.notExists(settings.data().resolve("PG_VERSION"))) {
      makeDataDirectory(settings, runAs, programs, superuser);
    } else if (Files.exists(settings.data().resolve("postmaster.pid"))) {
      stopLeftBehind(programs);
    }
    runAs.handOver(settings.tls());
    EmbeddedServer server = startOnSomePort(settings, programs, superuser, runAs);
    if (settings.stopOnExit()) {
      Runtime.getRuntime().addShutdownHook(server.exitHook);
    }
    return server;
  }

  /** Always 127.0.0.1. */
  public String host() {
    return "127.0.0.1";
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** Where its files are. */
  public Path dataDirectory() {
    return settings.data();
  }

  /** The process, for whoever watches it. */
  public Process process() {
    return process;
  }

  /**
   * Restarts a server that stopped by itself, on the same port; returns once it answers.
   *
   * @throws IOException if it does not start, for instance while a killed server's children live
   */
  public Process startAgain() throws IOException {
    process = programs.start();
    awaitAnswer();
    return process;
  }

  /** Its log file. */
  public Path log() {
    return settings.log();
  }

  /** The superuser, for provisioning and for tests. */
  public Superuser superuser() {
    return superuser;
  }

  /** Connects as the superuser. */
  public Connection connect(String database) throws SQLException {
    return superuser.connect(port, database);
  }

  /** Stops it cleanly; does nothing where it has stopped. */
  @Override
  public void close() throws IOException {
    if (settings.stopOnExit() && Thread.currentThread() != exitHook) {
      removeExitHook();
    }
    if (!process.isAlive()) {
      return;
    }
    try {
      programs.stop();
    } catch (IOException e) {
      // One that has only just been started has written no file yet that it is stopped by.
      process.destroyForcibly();
      throw e;
    }
    try {
      if (!process.waitFor(START_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeExitHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      // The JVM is going down already, and the hook with it.
    }
  }

  private void stopQuietly() {
    try {
      close();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  private static void makeDataDirectory(
      ServerSettings settings, RunAs runAs, ServerProcess programs, Superuser superuser)
      throws IOException {
    PrivateFiles.createDirectory(settings.data());
    if (runAs == RunAs.NOBODY) {
      Files.setPosixFilePermissions(
          settings.directory(), PosixFilePermissions.fromString("rwx--x--x"));
      runAs.handOver(settings.data());
    }
    programs.initialise(superuser);
  }

  private static void stopLeftBehind(ServerProcess programs) {
    try {
      programs.stop();
    } catch (IOException e) {
      // The file was left behind, but not the process; the server clears it away when it starts.
    }
  }

  private static EmbeddedServer startOnSomePort(
      ServerSettings settings, ServerProcess programs, Superuser superuser, RunAs runAs)
      throws IOException {
    IOException last = new IOException("no port tried");
    for (int i = 0; i < PORT_TRIES; i++) {
      int port = settings.port() == 0 ? Ports.free() : settings.port();
      writeConfiguration(settings, port);
      runAs.handOver(settings.data());
      Files.deleteIfExists(settings.log());
      Process process = programs.start();
      EmbeddedServer server = new EmbeddedServer(settings, programs, superuser, process, port);
      try {
        server.awaitAnswer();
        return server;
      } catch (IOException e) {
        last = e;
        if (settings.port() != 0 || !String.valueOf(e.getMessage()).contains("TCP/IP sockets")) {
          throw e;
        }
      }
    }
    throw last;
  }

  private void awaitAnswer() throws IOException {
    Instant deadline = Instant.now().plus(START_WITHIN);
    while (Instant.now().isBefore(deadline)) {
      if (!process.isAlive()) {
        throw new IOException(
            "PostgreSQL did not start: " + ServerProcess.lastLine(settings.log()));
      }
      try (Connection connection = connect("postgres")) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException notYet) {
        pause();
      }
    }
    process.destroyForcibly();
    throw new IOException("PostgreSQL did not answer within " + START_WITHIN.toSeconds() + " s");
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void writeTls(ServerSettings settings) throws IOException {
    CertificateAuthority authority = settings.authority();
    authority.issue("postgres", CERTIFICATE_VALIDITY).writeTo(settings.tls(), "server");
    PrivateFiles.write(
        settings.tls().resolve("ca.crt"),
        authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
  }

  private static void writeConfiguration(ServerSettings settings, int port) throws IOException {
    Path data = settings.data();
    Files.writeString(
        data.resolve("postgresql.conf"),
        ServerFiles.configuration(settings.tls(), port, settings.durable()));
    Files.writeString(data.resolve("pg_hba.conf"), ServerFiles.hostBasedAuthentication());
  }
}
