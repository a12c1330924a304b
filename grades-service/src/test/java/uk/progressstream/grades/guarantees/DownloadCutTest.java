package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** Downloads over real connections whose readers leave, stop reading, or lose their access. */
@QuarkusTest
@Proves("D14")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class DownloadCutTest {
  /** For a machine that has more to do. */
  private static final Duration WITHIN = Duration.ofMinutes(2);

  private static final int ROWS = 150_000;
  private static final int SLOW = 10;

  /** Longer than a few tries take. */
  private static final Duration HELD = Duration.ofSeconds(8);

  private static final int DOWNLOADS = 56;
  private static final String SEED =
      "insert into grade (school_id, class_id, ps_id, subject, qualification, period, kind, scale, grade,"
          + " points_tenths, upload_id) select '%s', '%s', gen_random_uuid(), 'Mathematics', 'GCSE', 'G1',"
          + " 'historical', 'gcse-9-1', '7', 70, gen_random_uuid() from generate_series(1, %d)";
  private static final String ANSWERED =
      "update outbox.event set position = 7 where kind = 'grades.export' and position is null";

  /** How many bytes a reader takes before it leaves. */
  private static final long[] MOMENTS = {0, 1, 2_000, 200_000, 2_000_000};

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID account = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private final ExecutorService readers = Executors.newCachedThreadPool();
  private TestKit kit;
  private Connection superuser;
  private volatile boolean over;
  private CompletableFuture<Void> log;

  @BeforeEach
  void seed() throws SQLException {
    kit = TestKit.current();
    superuser = kit.superuser();
    change("truncate grade");
    change(SEED.formatted(school, UUID.randomUUID(), ROWS));
    log = CompletableFuture.runAsync(this::answerInTheLogsPlace, readers);
  }

  @AfterEach
  void stop() throws SQLException {
    over = true;
    log.join();
    readers.shutdownNow();
    superuser.close();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @DisplayName("Whenever a reader leaves, the log learns of the end: of each download, and once")
  void everyBeginningHasOneEnd(HttpClient.Version version) throws Exception {
    List<String> tokens = tokensOfTwo();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < DOWNLOADS; i++) {
      int nth = i;
      all.add(
          CompletableFuture.runAsync(
              () -> leave(client(version), tokens.get(nth % tokens.size()), nth), readers));
    }
    all.forEach(CompletableFuture::join);

    await().atMost(WITHIN).until(() -> number("select count(*) from outbox.open_download") == 0);
    assertThat(begins()).isPositive().isEqualTo(ends("true"));
    assertThat(
            number(
                "select count(distinct body::jsonb ->> 'concerns') from outbox.event"
                    + of("grades.export.ended")))
        .isEqualTo(begins());
    assertThat(ends("body::jsonb ->> 'outcome' not in ('cut', 'completed', 'failed')")).isZero();
    assertThat(ends("body::jsonb ->> 'outcome' = 'cut'")).isPositive();
  }

  @Test
  @DisplayName("Readers who do not read hold no connection to the database, and nobody up")
  void slowReadersHoldNothing() throws Exception {
    Scope scope = Tokens.schools(account, Set.of(school), "grades:read", "grades:export");
    List<HttpResponse<InputStream>> slow = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      slow.add(begin(client(HttpClient.Version.HTTP_1_1), token(scope)));
    }

    await()
        .atMost(WITHIN)
        .until(
            () ->
                number(
                        "select count(*) from pg_stat_activity where usename = 'grades_school' and state <> 'idle'")
                    == 0);
    assertThat(ends("true")).as("downloads that are over").isZero();
    HttpResponse<String> read =
        client(HttpClient.Version.HTTP_2)
            .send(
                request("grades/v1/grades?limit=10", token(scope)),
                HttpResponse.BodyHandlers.ofString());
    assertThat(read.statusCode()).isEqualTo(200);
    for (HttpResponse<InputStream> each : slow) {
      each.body().close();
    }
    await().atMost(WITHIN).until(() -> ends("body::jsonb ->> 'outcome' = 'cut'") == SLOW);
    assertThat(ends("(body::jsonb ->> 'rows')::int > " + ROWS / 2))
        .as("read ahead of a reader who does not read")
        .isZero();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @DisplayName("A download ends with its token, whether anybody reads or not")
  void noLongerThanItsToken(HttpClient.Version version) throws Exception {
    List<HttpResponse<InputStream>> downloads = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      Scope scope =
          Tokens.lasting(
              Tokens.schools(UUID.randomUUID(), Set.of(school), "grades:read", "grades:export"),
              Duration.ofSeconds(15));
      downloads.add(begin(client(version), token(scope)));
    }

    await().atMost(WITHIN).until(() -> ends("true") == SLOW);
    assertThat(ends("body::jsonb ->> 'outcome' = 'expired'")).isEqualTo(SLOW);
    for (HttpResponse<InputStream> each : downloads) {
      assertThatThrownBy(() -> each.body().readAllBytes()).isInstanceOf(IOException.class);
    }
    assertThat(ends("true")).isEqualTo(SLOW);
  }

  @Test
  @DisplayName("An end that the database does not take for a while is recorded as what it was")
  void endThatHasToWait() throws Exception {
    HttpResponse<InputStream> download =
        begin(
            client(HttpClient.Version.HTTP_1_1),
            token(Tokens.schools(account, Set.of(school), "grades:read", "grades:export")));
    try (Connection holder = kit.superuser()) {
      holder.setAutoCommit(false);
      holder
          .createStatement()
          .execute(
              "select from outbox.open_download where school_id = '" + school + "' for update");
      download.body().close();
      Thread.sleep(HELD.toMillis());
    }

    await().atMost(WITHIN).until(() -> ends("true") == 1);
    assertThat(ends("body::jsonb ->> 'outcome' = 'cut'")).isEqualTo(1);
  }

  @Test
  @DisplayName("A download ends when access is taken back, whether anybody reads or not")
  void noLongerThanAccess() throws Exception {
    HttpResponse<InputStream> download =
        begin(
            client(HttpClient.Version.HTTP_1_1),
            token(Tokens.schools(account, Set.of(school), "grades:read", "grades:export")));

    kit.revoke(account);

    await().atMost(WITHIN).until(() -> ends("body::jsonb ->> 'outcome' = 'revoked'") == 1);
    assertThatThrownBy(() -> download.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("A download gives every row once, in the order of the keys, page by page")
  void everyRowOnce() throws Exception {
    String csv;
    try (InputStream body =
        begin(
                client(HttpClient.Version.HTTP_1_1),
                token(Tokens.schools(account, Set.of(school), "grades:read", "grades:export")))
            .body()) {
      csv = new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    List<String> pupils =
        csv.lines().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList();
    assertThat(pupils).hasSize(ROWS).isSorted().doesNotHaveDuplicates();
  }

  /** One account alone would have more under way than its share. */
  private List<String> tokensOfTwo() {
    return Stream.of(account, UUID.randomUUID())
        .map(each -> token(Tokens.schools(each, Set.of(school), "grades:read", "grades:export")))
        .toList();
  }

  /** Takes some bytes and leaves; the first of them before it has got any answer. */
  private void leave(HttpClient client, String token, int nth) {
    long bytes = MOMENTS[nth % MOMENTS.length];
    try {
      CompletableFuture<HttpResponse<InputStream>> answer =
          client.sendAsync(
              request("grades/v1/grades/export", token), HttpResponse.BodyHandlers.ofInputStream());
      if (bytes == 0) {
        Thread.sleep(5L * nth);
        if (!answer.cancel(true)) {
          // It came first: a body that nobody closes stays open, as that of a slow reader does.
          answer.join().body().close();
        }
        return;
      }
      try (InputStream body = answer.join().body()) {
        body.readNBytes((int) bytes);
      }
    } catch (IOException | CompletionException e) {
      // The service broke off, having waited in vain for a place: that is an end as well.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<InputStream> begin(HttpClient client, String token)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        client.send(
            request("grades/v1/grades/export", token), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private HttpRequest request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(service + path))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private String token(Scope scope) {
    return kit.tokens().mint(scope, "teacher");
  }

  private HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).sslContext(kit.tlsOf("gateway")).build();
  }

  private void answerInTheLogsPlace() {
    try (Connection connection = kit.superuser()) {
      while (!over) {
        connection.createStatement().execute(ANSWERED);
        Thread.sleep(2);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long begins() throws SQLException {
    return number("select count(*) from outbox.event" + of("grades.export"));
  }

  private long ends(String condition) throws SQLException {
    return number(
        "select count(*) from outbox.event" + of("grades.export.ended") + " and " + condition);
  }

  private String of(String kind) {
    return " where school_id = '" + school + "' and kind = '" + kind + "'";
  }

  private long number(String sql) throws SQLException {
    try (ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void change(String sql) throws SQLException {
    superuser.createStatement().execute(sql);
  }
}
