package uk.progressstream.grades.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** A download under a lease that ends while its rows are on their way. */
@QuarkusTest
@Proves("D13")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class LeaseEndsInFlightTest {
  private static final int ROWS = 200_000;
  private static final int FIRST_BYTES = 2000;
  private static final Duration RECORDED_WITHIN = Duration.ofSeconds(20);
  private static final String SEED =
      "insert into grade (school_id, class_id, ps_id, subject, qualification, period, kind, scale, grade,"
          + " points_tenths, upload_id) select '%s', '%s', gen_random_uuid(), 'Mathematics', 'GCSE', 'G1',"
          + " 'historical', 'gcse-9-1', '7', 70, gen_random_uuid() from generate_series(1, %d)";
  private static final String ANSWERED =
      "update outbox.event set position = 7 where kind = 'grades.export' and position is null";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID account = UUID.randomUUID();
  private final UUID lease = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private TestKit kit;

  @BeforeEach
  void seed() throws SQLException {
    kit = TestKit.current();
    change("truncate grade");
    change(SEED.formatted(school, UUID.randomUUID(), ROWS));
    kit.leaseLives(lease, account);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @DisplayName(
      "The lease ends while a download runs: it breaks off, gets no further rows, and the log says why")
  void noFurtherRows(HttpClient.Version version) throws Exception {
    HttpResponse<InputStream> download = begin(version);
    assertThat(download.statusCode()).isEqualTo(200);
    LineCount received = new LineCount();
    try (InputStream body = download.body()) {
      received.read(body, FIRST_BYTES);

      kit.leaseEnds(lease, account);

      assertThatThrownBy(() -> received.read(body, Long.MAX_VALUE))
          .as("an end that looks like that of a whole file")
          .isInstanceOf(IOException.class);
    }
    assertThat(received.lines).isPositive().isLessThan(ROWS / 2);
    JsonObject ended = ended(download.headers().firstValue("audit-record").orElseThrow());
    assertThat(ended.getString("outcome")).isEqualTo("revoked");
    assertThat(ended.getLong("rows")).isBetween(received.lines - 1, (long) ROWS / 2);
  }

  /** Sends the request, and answers in the log's place until its head is back. */
  private HttpResponse<InputStream> begin(HttpClient.Version version) throws SQLException {
    String token =
        kit.tokens()
            .mint(
                Tokens.leased(
                    Tokens.schools(account, Set.of(school), "grades:read", "grades:export"), lease),
                "employee");
    HttpClient client =
        HttpClient.newBuilder().version(version).sslContext(kit.tlsOf("gateway")).build();
    HttpRequest request =
        HttpRequest.newBuilder(java.net.URI.create(service + "grades/v1/grades/export"))
            .header("Authorization", "Bearer " + token)
            .build();
    CompletableFuture<HttpResponse<InputStream>> download =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    Awaitility.await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(5))
        .atMost(RECORDED_WITHIN)
        .until(
            () -> {
              change(ANSWERED);
              return download.isDone();
            });
    return download.join();
  }

  private JsonObject ended(String record) throws SQLException {
    Instant end = Instant.now().plus(RECORDED_WITHIN);
    Optional<JsonObject> found = Optional.empty();
    while (found.isEmpty() && Instant.now().isBefore(end)) {
      found = find(record);
    }
    return found.orElseThrow(() -> new AssertionError("the log was not told how it ended"));
  }

  private Optional<JsonObject> find(String record) throws SQLException {
    String sql =
        "select body from outbox.event where kind = 'grades.export.ended' and body like '%"
            + record
            + "%'";
    try (Connection superuser = kit.superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      return rows.next() ? Optional.of(new JsonObject(rows.getString(1))) : Optional.empty();
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute(sql);
    }
  }

  /** Counts the lines of what has been read so far. */
  private static final class LineCount {
    private long lines;

    void read(InputStream in, long bytesMax) throws IOException {
      byte[] buffer = new byte[FIRST_BYTES];
      long left = bytesMax;
      int got;
      while (left > 0 && (got = in.read(buffer, 0, (int) Math.min(buffer.length, left))) >= 0) {
        left -= got;
        for (int i = 0; i < got; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
  }
}
