package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.disclosure.Disclosure;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.RecordedDownload;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** However a download ends, the log learns how, and how much had left until then. */
@QuarkusTest
@Proves("D14")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class DownloadEndTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);
  private static final String ANSWERED =
      "update outbox.event set position = 7 where kind = 'grades.export' and position is null";

  private final UUID account = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private TestKit kit;

  @Inject Disclosures disclosures;

  @BeforeEach
  void connect() {
    kit = TestKit.current();
  }

  @Test
  @DisplayName("A download that came to its end is recorded as completed")
  void completed() throws Exception {
    AssertSubscriber<String> reader = begin(Multi.createFrom().items("header\n", "row\n"));
    reader.awaitCompletion(WITHIN);

    assertEnded("completed", 11);
  }

  @Test
  @DisplayName("A download that broke off in the middle is recorded with the bytes that had left")
  void broken() throws Exception {
    AssertSubscriber<String> reader =
        begin(
            Multi.createBy()
                .concatenating()
                .streams(
                    Multi.createFrom().item("header\n"),
                    Multi.createFrom().failure(new IllegalStateException("broken"))));
    reader.awaitFailure(WITHIN);

    assertEnded("failed", 7);
  }

  @Test
  @DisplayName("A reader who hangs up in the middle is recorded with the bytes that had left")
  void cut() throws Exception {
    AssertSubscriber<String> reader = begin(endless());
    reader.awaitItems(1, WITHIN);
    reader.cancel();

    assertEnded("cut", 7);
  }

  @Test
  @DisplayName("A reader who hangs up before the log has answered is recorded as well")
  void cutBeforeTheFirstByte() throws Exception {
    AssertSubscriber<String> reader = subscribe(endless());
    Awaitility.await().atMost(WITHIN).until(() -> count("grades.export") > 0);
    reader.cancel();
    answerUntil(() -> count("grades.export.ended") == 1);

    assertThat(ended().getString("outcome")).isEqualTo("cut");
    assertThat(count("grades.export.ended")).isEqualTo(1);
  }

  @Test
  @DisplayName("Nobody waits for the record of an end that the database does not take yet")
  void nobodyWaits() throws Exception {
    AssertSubscriber<String> refused = subscribe(endless());
    Awaitility.await().atMost(WITHIN).until(() -> count("grades.export") == 1);
    try (Connection holder = holding()) {
      // The log does not answer.
      refused.awaitFailure(WITHIN);
      holder.rollback();
    }
    assertThat(ended().getString("outcome")).isEqualTo("failed");
  }

  @Test
  @DisplayName("A reader has all of a download before the record of its end is written")
  void completedFirst() throws Exception {
    CompletableFuture<String> last = new CompletableFuture<>();
    AssertSubscriber<String> reader =
        begin(
            Multi.createBy()
                .concatenating()
                .streams(
                    Multi.createFrom().item("header\n"), Multi.createFrom().completionStage(last)));
    try (Connection holder = holding()) {
      last.complete("row\n");
      reader.awaitCompletion(WITHIN);
      assertThat(count("grades.export.ended")).isZero();
      holder.rollback();
    }
    assertEnded("completed", 11);
  }

  /** Keeps the end of this school's downloads from being written. */
  private Connection holding() throws SQLException {
    Connection holder = kit.superuser();
    holder.setAutoCommit(false);
    holder
        .createStatement()
        .execute("select from outbox.open_download where school_id = '" + school + "' for update");
    return holder;
  }

  @Test
  @DisplayName("A reader who hangs up just when the stream begins has cut it")
  void cutJustThen() throws Exception {
    AssertSubscriber<String> reader = reader();
    disclosures
        .begin(disclosure())
        .onItem()
        .transformToMulti(
            download -> {
              reader.cancel();
              return disclosures.recorded(download, endless());
            })
        .subscribe()
        .withSubscriber(reader);
    answerUntil(() -> count("grades.export.ended") == 1);

    assertThat(ended().getString("outcome")).isEqualTo("cut");
  }

  @Test
  @DisplayName("Who begins a download and never asks for it has cut it")
  void neverAskedFor() throws Exception {
    UniAssertSubscriber<RecordedDownload> begun =
        disclosures.begin(disclosure()).subscribe().withSubscriber(UniAssertSubscriber.create());
    answerUntil(() -> begun.getItem() != null);

    assertThat(ended().getString("outcome")).isEqualTo("cut");
  }

  private static Multi<String> endless() {
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().item("header\n"), Multi.createFrom().nothing());
  }

  private AssertSubscriber<String> begin(Multi<String> chunks) throws Exception {
    AssertSubscriber<String> reader = subscribe(chunks);
    answerUntil(() -> !reader.getItems().isEmpty());
    return reader;
  }

  private AssertSubscriber<String> subscribe(Multi<String> chunks) {
    return disclosures
        .begin(disclosure())
        .onItem()
        .transformToMulti(
            download -> {
              download.tally().add(school, UUID.randomUUID(), UUID.randomUUID());
              return disclosures.recorded(download, chunks);
            })
        .subscribe()
        .withSubscriber(reader());
  }

  private Disclosure disclosure() {
    SealedScope scope = kit.tokens().sealed(Tokens.schools(account, Set.of(school), "grades:read"));
    return new Disclosure(
        new Caller(account, "admin", scope, ""), "grades", List.of("grade"), true, any -> Map.of());
  }

  /** Answers in the log's place. */
  private void answerUntil(Callable<Boolean> done) throws Exception {
    try (Connection superuser = kit.superuser()) {
      Awaitility.await()
          .pollInSameThread()
          .pollInterval(Duration.ofMillis(5))
          .atMost(WITHIN)
          .until(
              () -> {
                superuser.createStatement().execute(ANSWERED);
                return done.call();
              });
    }
  }

  private long count(String kind) throws SQLException {
    String sql =
        "select count(*) from outbox.event where kind = '"
            + kind
            + "' and school_id = '"
            + school
            + "'";
    try (Connection superuser = kit.superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static AssertSubscriber<String> reader() {
    return AssertSubscriber.create(Long.MAX_VALUE);
  }

  private void assertEnded(String outcome, long bytes) throws Exception {
    JsonObject ended = ended();
    assertThat(ended.getString("outcome")).isEqualTo(outcome);
    assertThat(ended.getLong("bytes")).isEqualTo(bytes);
    assertThat(ended.getLong("rows")).isEqualTo(1);
    assertThat(ended.getLong("pupils")).isEqualTo(1);
    assertThat(ended.getString("actor")).isEqualTo(account.toString());
    assertThat(ended.getString("purpose")).isEqualTo("teaching");
    assertThat(count("grades.export.ended")).isEqualTo(1);
  }

  /** The record of the end; after a cancellation nothing else tells when it is written. */
  private JsonObject ended() throws Exception {
    long until = System.nanoTime() + WITHIN.toNanos();
    Optional<JsonObject> found = find();
    while (found.isEmpty() && System.nanoTime() < until) {
      Thread.sleep(50);
      found = find();
    }
    assertThat(found).as("a record of the download's end").isPresent();
    return found.orElseThrow();
  }

  private Optional<JsonObject> find() throws SQLException {
    String sql =
        "select body from outbox.event where kind = 'grades.export.ended' and school_id = '"
            + school
            + "'";
    try (Connection superuser = kit.superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      return rows.next() ? Optional.of(new JsonObject(rows.getString(1))) : Optional.empty();
    }
  }
}
