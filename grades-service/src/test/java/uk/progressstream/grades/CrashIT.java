package uk.progressstream.grades;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceProcess;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** The packaged service as a process of its own, killed in the middle of a download. */
class CrashIT {
  private static final Duration WITHIN = Duration.ofSeconds(120);
  private static final Duration TOKEN = Duration.ofSeconds(20);
  private static final int ROWS = 150_000;
  private static final String SEED =
      "insert into grade (school_id, class_id, ps_id, subject, qualification, period, kind, scale, grade,"
          + " points_tenths, upload_id) select '%s', '%s', gen_random_uuid(), 'Mathematics', 'GCSE', 'G1',"
          + " 'historical', 'gcse-9-1', '7', 70, gen_random_uuid() from generate_series(1, %d)";
  private static final String ANSWERED =
      "update outbox.event set position = 7 where kind = 'grades.export' and position is null";

  private static final String LOCK_EVENTS = "lock table outbox.event in access exclusive mode";

  /** The relay's rounds, not its other loops, held up by that lock. */
  private static final String WAITING_ROUNDS =
      "select count(*) from pg_stat_activity where usename = 'grades_relay'"
          + " and wait_event_type = 'Lock' and query like 'select id, school_id, sequence%'";

  private final ServiceTestResource surroundings = new ServiceTestResource();
  private final Map<String, String> configuration = new HashMap<>();
  private final Path log = Path.of("target/crash-it.log");
  private final UUID account = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private TestKit kit;
  private Connection superuser;
  private SilentProxy database;
  private int port;
  private ServiceClient gateway;

  @BeforeEach
  void start() throws Exception {
    surroundings.init(Map.of("service", "grades"));
    configuration.putAll(surroundings.start());
    System.setProperty("ps.test.kit", configuration.get("ps.test.kit"));
    kit = TestKit.current();
    superuser = kit.superuser();
    database = new SilentProxy(Integer.parseInt(configuration.get("ps.database.port")));
    configuration.put("ps.database.port", Integer.toString(database.port()));
    configuration.put("ps.database.silent-after", "PT8S");
    configuration.put("ps.downloads.unknown-after", "PT1S");
    port = Ports.free();
    gateway = new ServiceClient(new URL("https://localhost:" + port), kit.tlsOf("gateway"));
  }

  @AfterEach
  void stop() throws Exception {
    database.close();
    superuser.close();
    System.clearProperty("ps.test.kit");
    surroundings.stop();
  }

  @Test
  @Proves("D14")
  @DisplayName(
      "kill -9 in the middle of a download: the next process says that its end is unknown, once")
  void killedInADownload() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(configuration, port, log)) {
      awaitAnswer(service);
      superuser.createStatement().execute(SEED.formatted(school, UUID.randomUUID(), ROWS));
      HttpResponse<InputStream> download = begin();
      assertThat(download.statusCode()).isEqualTo(200);
      download.body().readNBytes(2_000);
      service.kill();
    }
    assertThat(number("select count(*) from outbox.open_download")).isEqualTo(1);
    assertThat(ends("true")).isZero();

    try (ServiceProcess next = ServiceProcess.start(configuration, port, log)) {
      await().atMost(WITHIN).until(() -> ends("body::jsonb ->> 'outcome' = 'unknown'") == 1);
      assertThat(ends("true")).isEqualTo(1);
      assertThat(ends("body::jsonb ->> 'actor' = '" + account + "'")).isEqualTo(1);
      assertThat(number("select count(*) from outbox.open_download")).isZero();
      assertThat(next.isAlive()).isTrue();
    }
  }

  @Test
  @DisplayName(
      "A database that falls silent holds nothing for good: readers and relay go on without a restart")
  void silentDatabase() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(configuration, port, log)) {
      awaitAnswer(service);
      database.setSilent(true);
      assertThat(read()).isEqualTo(503);
      database.setSilent(false);

      await().atMost(WITHIN).until(() -> read() == 200);
      awaitARoundOfTheRelay();
      assertThat(service.isAlive()).isTrue();
    }
  }

  /** A round is over too soon to be seen, unless something holds it up. */
  private void awaitARoundOfTheRelay() throws SQLException {
    try (Connection holder = kit.superuser()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute(LOCK_EVENTS);
      await().atMost(WITHIN).until(() -> number(WAITING_ROUNDS) > 0);
    }
  }

  private int read() {
    String token =
        kit.tokens().mint(Tokens.schools(account, Set.of(school), "grades:read"), "teacher");
    return gateway.get("/grades/v1/grades?limit=1", token).statusCode();
  }

  /** Sends the request, and answers in the log's place until its head is back. */
  private HttpResponse<InputStream> begin() throws SQLException {
    String token =
        kit.tokens()
            .mint(
                Tokens.lasting(
                    Tokens.schools(account, Set.of(school), "grades:read", "grades:export"), TOKEN),
                "teacher");
    CompletableFuture<HttpResponse<InputStream>> download =
        HttpClient.newBuilder()
            .sslContext(kit.tlsOf("gateway"))
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .sendAsync(
                HttpRequest.newBuilder(
                        URI.create("https://localhost:" + port + "/grades/v1/grades/export"))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    while (!download.isDone()) {
      superuser.createStatement().execute(ANSWERED);
    }
    return download.join();
  }

  private void awaitAnswer(ServiceProcess process) {
    await()
        .atMost(WITHIN)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              assertThat(process.isAlive()).as("see " + log).isTrue();
              return answers();
            });
  }

  private boolean answers() {
    try {
      return read() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private long ends(String condition) throws SQLException {
    return number(
        "select count(*) from outbox.event where kind = 'grades.export.ended' and school_id = '"
            + school
            + "' and "
            + condition);
  }

  private long number(String sql) throws SQLException {
    try (ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
