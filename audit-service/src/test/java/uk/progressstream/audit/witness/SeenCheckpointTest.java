package uk.progressstream.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.audit.TestLog;
import uk.progressstream.audit.publication.ServedLog;
import uk.progressstream.contracts.audit.ListAlarmsRequest;
import uk.progressstream.contracts.audit.LogAlarmsGrpc;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@Proves("D14")
@WithTestResource(TestLog.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class SeenCheckpointTest {
  private static final String CHECKPOINTS = "/audit/v1/checkpoints";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  @Inject NoteSigner signer;
  @Inject MeterRegistry meters;

  private final UUID school = UUID.randomUUID();
  private final UUID otherSchool = UUID.randomUUID();
  private TestKit kit;
  private ServiceClient gateway;
  private ServedLog log;
  private Event event;

  @BeforeEach
  void append() throws SQLException {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    log = new ServedLog(service, kit);
    EventFeed feed = new EventFeed(service, kit, "grades", school);
    event = feed.next();
    feed.deliver(event);
    feed.deliver(feed.next(300));
  }

  @Test
  @DisplayName("a checkpoint that a school saw is kept, and the log goes on serving that fits it")
  void aFittingCheckpoint() throws IOException {
    String seen = log.checkpoint();
    assertThat(post(seen, admin(school)).statusCode()).isEqualTo(200);
    assertThat(post(seen, admin(school)).statusCode()).as("again").isEqualTo(200);
    EventFeed other = new EventFeed(service, kit, "grades", otherSchool);
    other.deliver(other.next(300));

    assertThat(get("/records", school)).isEqualTo(200);
    assertThat(get("/records/" + event.getId() + "/proof", school)).isEqualTo(200);
    long before = log.size();
    HttpResponse<String> latest = gateway.get(CHECKPOINTS + "/latest", admin(school));
    assertThat(latest.statusCode()).isEqualTo(200);
    assertThat(Checkpoint.verified(latest.body(), log.key()).size())
        .isBetween(before, log.verify(seen, latest.body()).size());
  }

  @Test
  @DisplayName(
      "a tree changed under what a school saw: that school gets nothing, and an alarm is raised")
  void aTreeThatWasChanged() throws SQLException {
    assertThat(post(log.checkpoint(), admin(school)).statusCode()).isEqualTo(200);
    double before = alarms();
    execute(
        "update tile set data = set_byte(data, 40, get_byte(data, 40) # 1) where level = 0 and tile_index = 0");
    execute("update tile set data = set_byte(data, 5, get_byte(data, 5) # 1) where level = 1");

    assertThat(get("/records", school)).isEqualTo(409);
    assertThat(get("/records/" + event.getId(), school)).isEqualTo(409);
    assertThat(get("/records/" + event.getId() + "/proof", school)).isEqualTo(409);
    assertThat(get("/records/export", school)).isEqualTo(409);
    assertThat(get("/checkpoints/latest", school)).isEqualTo(409);
    assertThat(gateway.get("/audit/v1/records", admin(school)).body()).contains("log-mismatch");
    assertThat(alarms()).isEqualTo(before + 6);
    assertThat(recorded("log.mismatch", school)).isEqualTo(6);
    assertThat(count("mismatch where school_id = '" + school + "'")).as("one alarm").isEqualTo(1);
    assertThat(get("/records", otherSchool)).as("saw nothing").isEqualTo(200);
  }

  @Test
  @DisplayName(
      "a checkpoint that the log signed for another tree, or a larger one: alarm, kept as evidence")
  void aForkedCheckpoint() throws SQLException {
    for (long size : new long[] {3, 1_000_000}) {
      UUID witness = UUID.randomUUID();
      double before = alarms();
      String forked =
          new Checkpoint(TestLog.ORIGIN, size, Hash.ofEntry(new byte[] {1})).signedBy(signer);

      assertThat(post(forked, admin(witness)).statusCode()).isEqualTo(409);
      assertThat(alarms()).isEqualTo(before + 1);
      assertThat(recorded("log.mismatch", witness)).isEqualTo(1);
      assertThat(count("seen_checkpoint where not fits and school_id = '" + witness + "'"))
          .isEqualTo(1);
      assertThat(post(log.checkpoint(), admin(witness)).statusCode()).isEqualTo(200);
      assertThat(get("/records", witness)).as("for good").isEqualTo(409);
    }
  }

  @Test
  @DisplayName("what the log did not sign is not taken, and is no alarm")
  void aForeignNote() throws SQLException {
    double before = alarms();
    NoteSigner other = NoteSigner.of(TestLog.ORIGIN, new byte[32]);
    String foreign = new Checkpoint(TestLog.ORIGIN, 1, Hash.EMPTY_TREE).signedBy(other);

    for (String note :
        new String[] {foreign, "", "nonsense", log.checkpoint().replace("\n\n", "\n")}) {
      assertThat(post(note, admin(school)).statusCode()).isEqualTo(422);
    }
    assertThat(post("x".repeat(30_000), admin(school)).statusCode()).isEqualTo(413);
    assertThat(post(log.checkpoint(), null).statusCode()).isEqualTo(401);
    String teacher =
        kit.tokens()
            .mint(Tokens.schools(UUID.randomUUID(), Set.of(school), "grades:read"), "teacher");
    assertThat(post(log.checkpoint(), teacher).statusCode()).isIn(403, 404);
    assertThat(alarms()).isEqualTo(before);
    assertThat(count("seen_checkpoint where school_id = '" + school + "'")).isZero();
  }

  @Test
  @DisplayName(
      "breach hears of each school's first mismatch, not of the school; no other peer does")
  void anAlarmForBreach() {
    Set<String> before = alarmsAs("breach");
    UUID witness = UUID.randomUUID();
    String forked =
        new Checkpoint(TestLog.ORIGIN, 3, Hash.ofEntry(new byte[] {1})).signedBy(signer);
    assertThat(post(forked, admin(witness)).statusCode()).isEqualTo(409);
    assertThat(get("/records", witness)).isEqualTo(409);

    Set<String> after = alarmsAs("breach");
    assertThat(after).containsAll(before).hasSize(before.size() + 1);
    assertThat(after).noneMatch(each -> each.contains(witness.toString()));
    for (String peer : new String[] {"grades", "gateway", "identity"}) {
      assertThatThrownBy(() -> alarmsAs(peer))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
    }
  }

  private Set<String> alarmsAs(String peer) {
    try (PeerChannel channel = PeerChannel.open(service, kit, peer)) {
      return LogAlarmsGrpc.newBlockingStub(channel.bare())
          .list(ListAlarmsRequest.getDefaultInstance())
          .getAlarmsList()
          .stream()
          .map(alarm -> alarm.getId() + " " + alarm.getRaisedAt())
          .collect(Collectors.toSet());
    }
  }

  private HttpResponse<String> post(String note, @org.jspecify.annotations.Nullable String token) {
    return gateway.send(
        gateway
            .request(CHECKPOINTS, token)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(note)));
  }

  private int get(String path, UUID of) {
    return gateway.get("/audit/v1" + path, admin(of)).statusCode();
  }

  private String admin(UUID of) {
    return kit.tokens().mint(Tokens.schools(UUID.randomUUID(), Set.of(of), "audit:read"), "admin");
  }

  private double alarms() {
    return meters.counter("audit.checkpoint.mismatches").count();
  }

  private long recorded(String kind, UUID of) throws SQLException {
    return count("outbox.event where kind = '" + kind + "' and school_id = '" + of + "'");
  }

  private long count(String what) throws SQLException {
    try (Connection superuser = kit.superuser();
        ResultSet row = superuser.createStatement().executeQuery("select count(*) from " + what)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute(sql);
    }
  }
}
