package uk.progressstream.system.torture;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.RunningSystem;

/** What can happen to a running system. Each method does one thing to it and comes back. */
final class Torments {
  private static final Duration BACK_WITHIN = Duration.ofMinutes(2);
  private static final Duration PROBE_WITHIN = Duration.ofSeconds(2);

  private final RunningSystem system;
  private final Databases databases;
  private final HttpClient probes = HttpClient.newHttpClient();

  Torments(RunningSystem system) {
    this.system = system;
    this.databases = new Databases(system);
  }

  /** kill -9, and waits until the launcher has it ready again. */
  void kill(String... services) {
    List<Long> before = Arrays.stream(services).map(this::pid).toList();
    Arrays.stream(services).forEach(system::kill);
    for (int i = 0; i < services.length; i++) {
      String service = services[i];
      long old = before.get(i);
      await(service + " is back", () -> pid(service) != old && isReady(service));
    }
  }

  /** kill -9 of one of the database's own processes: it ends all others and recovers. */
  void crashDatabase() throws SQLException {
    long backend =
        Long.parseLong(
            databases
                .column(
                    "postgres",
                    "select pid from pg_stat_activity where datname = 'audit' order by backend_start limit 1")
                .get(0));
    ProcessHandle.of(backend).orElseThrow().destroyForcibly();
    await("the database is back", this::databaseAnswers);
    awaitAllReady();
  }

  /** A service stands still for some time, and goes on as if nothing had been. */
  void pause(String service, Duration time) throws IOException, InterruptedException {
    long pid = pid(service);
    run("kill", "-STOP", Long.toString(pid));
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } finally {
      run("kill", "-CONT", Long.toString(pid));
    }
    awaitAllReady();
  }

  /** Half of what was delivered goes again, as after receipts that were lost. */
  void forgetReceipts() throws SQLException {
    for (String database : Databases.NAMES) {
      execute(
          database,
          "update outbox.event set position = null where position is not null and random() < 0.5");
    }
  }

  /**
   * The log's tables cannot grow for some time, as on a disk that is full.
   *
   * @return how much the largest of them has by then, in bytes
   */
  long fullDisk(Duration time) throws Exception {
    long size =
        Long.parseLong(databases.column("audit", "select pg_relation_size('record')").get(0));
    limitFiles(Long.toString(size));
    try {
      // Connections from before the limit have none: they end, and others come.
      endConnections("audit");
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } finally {
      limitFiles("unlimited");
      endConnections("audit");
    }
    awaitAllReady();
    return size;
  }

  /** Copies a database as it is now, for {@link #setBack}. */
  void copy(String database) throws SQLException {
    withoutConnections(
        database,
        "create database %1$s_past template %1$s",
        "update pg_database p set datacl = d.datacl, datdba = d.datdba from pg_database d"
            + " where p.datname = '%1$s_past' and d.datname = '%1$s'");
  }

  /** The copy takes the place of the database; what came since is lost. */
  void setBack(String database) throws SQLException {
    withoutConnections(
        database,
        "alter database %1$s rename to %1$s_lost",
        "alter database %1$s_past rename to %1$s");
    execute("postgres", "drop database %s_lost".formatted(database));
    awaitAllReady();
  }

  /**
   * A second process of a service on the same database, as a deployment would have for a moment.
   */
  Process secondOf(String service) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid(service)));
    ProcessBuilder second = new ProcessBuilder(strings(process.resolve("cmdline")));
    second.environment().clear();
    for (String each : strings(process.resolve("environ"))) {
      int equals = each.indexOf('=');
      second.environment().put(each.substring(0, equals), each.substring(equals + 1));
    }
    second.environment().put("PS_HTTP_PORT", Integer.toString(Ports.free()));
    int management = Ports.free();
    second.environment().put("PS_MANAGEMENT_PORT", Integer.toString(management));
    second.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process started = second.start();
    await("the second " + service, () -> isReady(URI.create("http://localhost:" + management)));
    return started;
  }

  void awaitAllReady() {
    Databases.NAMES.forEach(each -> await(each + " is ready", () -> isReady(each)));
  }

  private long pid(String service) {
    return system.service(service).getLong("pid");
  }

  private boolean isReady(String service) {
    return isReady(URI.create(system.service(service).getString("managementUrl")));
  }

  private boolean isReady(URI management) {
    try {
      HttpRequest probe =
          HttpRequest.newBuilder(URI.create(management + "/q/health/ready"))
              .timeout(PROBE_WITHIN)
              .build();
      return probes.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean databaseAnswers() {
    try {
      return databases.column("audit", "select 1").size() == 1;
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Of the database's first process, whose children have it from their start on. */
  private void limitFiles(String bytes) throws Exception {
    Path pidFile =
        Path.of(system.run().json().getJsonObject("postgres").getString("dataDirectory"))
            .resolve("postmaster.pid");
    String postmaster = Files.readAllLines(pidFile).get(0);
    run("prlimit", "--pid", postmaster, "--fsize=" + bytes + ":");
  }

  private void endConnections(String database) throws SQLException {
    execute(
        "postgres",
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
            .formatted(database));
  }

  private void withoutConnections(String database, String... statements) throws SQLException {
    execute("postgres", "alter database %s with allow_connections false".formatted(database));
    try {
      endConnections(database);
      await(
          "nobody is connected to " + database,
          () -> {
            try {
              return databases
                  .column(
                      "postgres",
                      "select count(*) from pg_stat_activity where datname = '%s'"
                          .formatted(database))
                  .equals(List.of("0"));
            } catch (SQLException e) {
              return false;
            }
          });
      for (String each : statements) {
        execute("postgres", each.formatted(database));
      }
    } finally {
      execute("postgres", "alter database %s with allow_connections true".formatted(database));
    }
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = databases.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command[0] + " failed: " + said);
    }
  }

  private static List<String> strings(Path file) throws IOException {
    return Arrays.stream(Files.readString(file).split("\0"))
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /** Something that becomes true. */
  private interface Condition {
    boolean holds();
  }

  private static void await(String what, Condition condition) {
    long deadline = System.nanoTime() + BACK_WITHIN.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + what);
      }
      RunningSystem.pause();
    }
  }
}
