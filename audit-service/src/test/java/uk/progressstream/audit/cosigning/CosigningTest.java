package uk.progressstream.audit.cosigning;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.audit.TestLog;
import uk.progressstream.audit.publication.ServedLog;
import uk.progressstream.audit.publication.TreeService;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.Cosigner;
import uk.progressstream.log.note.LogProof;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.verify.Verifier;
import uk.progressstream.log.witness.AddCheckpoint;
import uk.progressstream.log.witness.Witness;
import uk.progressstream.log.witness.WitnessPolicy;
import uk.progressstream.log.witness.WitnessServer;
import uk.progressstream.log.witness.WitnessState;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.startup.Loops;
import uk.progressstream.provisioning.proof.Proves;
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
class CosigningTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  @Inject NoteSigner signer;
  @Inject MeterRegistry meters;
  @Inject Loops loops;
  @Inject ScopedDatabase database;
  @Inject TreeService tree;
  @Inject CosignatureRepository repository;
  @Inject WitnessClient client;
  @Inject WitnessMeters witnessMeters;
  @TempDir Path folder;

  private final UUID school = UUID.randomUUID();
  private final List<RunningWitness> running = new ArrayList<>();
  private TestKit kit;
  private ServedLog log;
  private EventFeed feed;
  private Event event;

  private record RunningWitness(Cosigner cosigner, Witness witness, WitnessServer server) {}

  @BeforeEach
  void append() throws SQLException {
    kit = TestKit.current();
    log = new ServedLog(service, kit);
    feed = new EventFeed(service, kit, "grades", school);
    event = feed.next();
    feed.deliver(event);
    feed.deliver(feed.next(300));
    execute("delete from witnessed; delete from cosignature");
  }

  @AfterEach
  void stop() {
    running.forEach(each -> each.server().close());
  }

  @Test
  @DisplayName(
      "the latest tree is cosigned, and again when it has grown; a school's proof carries it")
  void cosigned() throws IOException {
    WitnessPolicy policy = policy("all", start(1), start(2));
    Cosigning cosigning = cosigning(policy);
    assertThat(log.get("checkpoint/witnessed").statusCode()).isEqualTo(404);

    long size = log.size();
    cosign(cosigning);
    assertThat(policy.cosigned(SignedNote.of(witnessed()))).isTrue();
    assertThat(witnessedSize()).isBetween(size, log.verify(witnessed()).size());
    feed.deliver(feed.next(700));
    assertThat(policy.cosigned(SignedNote.of(log.checkpoint()))).as("newer").isFalse();
    String before = witnessed();
    cosign(cosigning);

    assertThat(policy.cosigned(SignedNote.of(witnessed()))).isTrue();
    assertThat(log.verify(before, witnessed()).size()).isGreaterThan(1_000);
    feed.deliver(feed.next());
    String proof = proof(event);
    assertThat(new Verifier(signer.verifierKey(), log).proof(proof).size())
        .isEqualTo(witnessedSize());
    assertThat(policy.cosigned(SignedNote.of(LogProof.of(proof).checkpoint()))).isTrue();
  }

  @Test
  @DisplayName("a restart is told where each witness stands, and goes on from there")
  void restart() throws IOException {
    WitnessPolicy policy = policy("all", start(1));
    cosign(cosigning(policy));
    feed.deliver(feed.next(10));
    long size = log.size();
    cosign(cosigning(policy));

    assertThat(witnessedSize()).isBetween(size, log.verify(witnessed()).size());
    assertThat(policy.cosigned(SignedNote.of(witnessed()))).isTrue();
  }

  @Test
  @DisplayName("a witness that is away holds up nobody; its quorum is not met by the others")
  void away() throws IOException {
    RunningWitness gone = start(2);
    gone.server().close();
    double failures = count("audit.witness.failures");

    cosign(cosigning(policy("all", start(1), gone)));
    assertThat(log.get("checkpoint/witnessed").statusCode()).isEqualTo(404);
    assertThat(count("audit.witness.failures")).isEqualTo(failures + 1);
    assertThat(feed.deliver(feed.next())).hasSize(1);

    long size = log.size();
    cosign(cosigning(policy("1", start(3), gone)));
    assertThat(witnessedSize()).isBetween(size, log.verify(witnessed()).size());
  }

  @Test
  @DisplayName("a log that was set back, or forked, is caught by a witness: alarm, no cosignature")
  void setBack() throws IOException {
    for (long size : new long[] {1_000_000, log.size()}) {
      RunningWitness witness = start((int) (size % 100) + 10);
      Checkpoint other = new Checkpoint(TestLog.ORIGIN, size, Hash.ofEntry(new byte[] {1}));
      AddCheckpoint seen = new AddCheckpoint(0, List.of(), other.signedBy(signer));
      assertThat(witness.witness().add(seen.text()).status()).isEqualTo(200);
      double conflicts = count("audit.witness.conflicts");

      Cosigning cosigning = cosigning(policy("all", witness));
      cosign(cosigning);
      cosign(cosigning);

      assertThat(count("audit.witness.conflicts")).isGreaterThan(conflicts);
      assertThat(log.get("checkpoint/witnessed").statusCode()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("a log that was rewritten below what a witness saw does not continue it: alarm")
  void rewritten() throws IOException {
    RunningWitness witness = start(1);
    Checkpoint other = new Checkpoint(TestLog.ORIGIN, log.size() - 1, Hash.ofEntry(new byte[] {1}));
    witness.witness().add(new AddCheckpoint(0, List.of(), other.signedBy(signer)).text());
    double conflicts = count("audit.witness.conflicts");

    cosign(cosigning(policy("all", witness)));

    assertThat(count("audit.witness.conflicts")).isEqualTo(conflicts + 1);
    assertThat(log.get("checkpoint/witnessed").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("a signature by another key than the policy's, or of another text, is not kept")
  void forged() throws IOException, SQLException {
    RunningWitness witness = start(1);
    Cosigner impostor = Cosigner.of("witness.test/1", seed(77));
    WitnessPolicy policy =
        WitnessPolicy.of(
            "witness a " + impostor.key().text() + " " + url(witness) + "\nquorum a\n");

    cosign(cosigning(policy));

    assertThat(log.get("checkpoint/witnessed").statusCode()).isEqualTo(404);
    assertThat(log.checkpoint().lines().filter(line -> line.startsWith("\u2014"))).hasSize(1);
  }

  @Test
  @DisplayName("the service's own role can add cosignatures by the function alone, to signed trees")
  void functionAlone() throws SQLException {
    assertThat(fails("insert into cosignature values (1, 'w', 'x')")).isEqualTo("42501");
    assertThat(fails("insert into witnessed values (1)")).isEqualTo("42501");
    assertThat(fails("select log.cosign(999999999, '{w}', '{x}', true)")).isEqualTo("23503");
  }

  private String fails(String sql) throws SQLException {
    try (Connection connection = kit.superuser()) {
      connection.createStatement().execute("set role audit_school");
      connection.createStatement().execute(sql);
      return "";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private Cosigning cosigning(WitnessPolicy policy) {
    return new Cosigning(loops, database, tree, repository, policy, client, witnessMeters);
  }

  private static void cosign(Cosigning cosigning) {
    cosigning.cosign().await().atMost(SOON);
  }

  private RunningWitness start(int number) throws IOException {
    Cosigner cosigner = Cosigner.of("witness.test/" + number, seed(number));
    Path state = Files.createDirectories(folder.resolve("w" + number));
    Witness witness =
        new Witness(
            cosigner, List.of(signer.verifierKey()), new WitnessState(state), Clock.systemUTC());
    WitnessServer server =
        WitnessServer.start(witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    RunningWitness started = new RunningWitness(cosigner, witness, server);
    running.add(started);
    return started;
  }

  private static WitnessPolicy policy(String needed, RunningWitness... witnesses) {
    StringBuilder policy = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (RunningWitness each : witnesses) {
      String name = " w" + names.length();
      policy.append("witness" + name + " " + each.cosigner().key().text() + " " + url(each) + "\n");
      names.append(name);
    }
    return WitnessPolicy.of(policy + "group all " + needed + names + "\nquorum all\n");
  }

  private static String url(RunningWitness witness) {
    return "http://127.0.0.1:" + witness.server().port();
  }

  private String witnessed() {
    return new String(log.get("checkpoint/witnessed").body(), StandardCharsets.UTF_8);
  }

  private long witnessedSize() {
    return Checkpoint.verified(witnessed(), signer.verifierKey()).size();
  }

  private String proof(Event of) {
    String admin =
        kit.tokens().mint(Tokens.schools(UUID.randomUUID(), Set.of(school), "audit:read"), "admin");
    return new ServiceClient(service, kit.tlsOf("gateway"))
        .get("/audit/v1/records/" + of.getId() + "/proof", admin)
        .body();
  }

  private double count(String counter) {
    return meters.find(counter).counters().stream().mapToDouble(each -> each.count()).sum();
  }

  private static byte[] seed(int value) {
    byte[] seed = new byte[32];
    seed[0] = (byte) value;
    seed[1] = 1;
    return seed;
  }

  private void execute(String sql) throws SQLException {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute(sql);
    }
  }
}
