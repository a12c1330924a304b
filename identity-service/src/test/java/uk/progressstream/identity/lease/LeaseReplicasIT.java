package uk.progressstream.identity.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import uk.progressstream.identity.lease.LeaseLedger.Handed;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;

/** Two processes of the packaged service on one database, 64 clients spread over both. */
@Proves("D13")
@Label("64 clients take, end and ask about leases at two replicas at once")
class LeaseReplicasIT {
  private static final int CLIENTS = 64;
  private static final int STEPS_PER_CLIENT = 4;
  private static final int SCHOOLS = 4;
  private static final List<Person> EMPLOYEES =
      List.of(
          Person.employee("support"),
          Person.employee("second-support"),
          Person.employee("everything"));
  private static final IdentityTestResource SURROUNDINGS = new IdentityTestResource();
  private static final Map<String, String> CONFIGURATION = new HashMap<>();
  private static final List<Replica> REPLICAS = new ArrayList<>();
  private static final List<UUID> SCHOOL_IDS = new ArrayList<>();

  private final LeaseLedger ledger = new LeaseLedger();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger done = new AtomicInteger();
  private final List<String> tokens = new ArrayList<>();
  private final List<UUID> accounts = new ArrayList<>();

  /** What a client does. */
  enum Deed {
    TAKE,
    END,
    ASK
  }

  /** What it does for which employee, with which school, at which replica. */
  record Step(Deed deed, int employee, int school, int replica) {}

  @BeforeContainer
  static void start() throws Exception {
    SURROUNDINGS.init(Map.of("service", "identity"));
    CONFIGURATION.putAll(SURROUNDINGS.start());
    for (String key : new String[] {"ps.test.kit", "ps.test.issuers"}) {
      System.setProperty(key, CONFIGURATION.get(key));
    }
    REPLICAS.add(Replica.start(CONFIGURATION, "0"));
    REPLICAS.add(Replica.start(CONFIGURATION, "1"));
    for (int i = 0; i < SCHOOLS; i++) {
      SCHOOL_IDS.add(SampleSchool.onboard(REPLICAS.get(0).gateway()).id());
    }
  }

  @AfterContainer
  static void stop() throws Exception {
    for (Replica replica : REPLICAS) {
      replica.close();
    }
    System.clearProperty("ps.test.kit");
    System.clearProperty("ps.test.issuers");
    SURROUNDINGS.stop();
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label(
      "never are two leases of one account alive, and what ended at one replica is dead at both;"
          + " kill -9 of one of them midway changes nothing of that, nor does its return")
  void neverTwoThoughOneDies(@ForAll("steps") List<Step> steps) throws Exception {
    signIn();
    play(steps, steps.size() / 2);
    assertOneAtMost();

    REPLICAS.get(1).close();
    REPLICAS.set(1, Replica.start(CONFIGURATION, "1"));
    play(steps, Integer.MAX_VALUE);
    assertOneAtMost();
    assertEndedHereIsDeadThere();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(5, Deed.TAKE), Tuple.of(1, Deed.END), Tuple.of(4, Deed.ASK)),
            Arbitraries.integers().between(0, EMPLOYEES.size() - 1),
            Arbitraries.integers().between(0, SCHOOLS - 1),
            Arbitraries.integers().between(0, 1))
        .as(Step::new)
        .list()
        .ofSize(CLIENTS * STEPS_PER_CLIENT);
  }

  /** Tokens that hang on no lease, so that each take is let through to the database. */
  private void signIn() {
    tokens.clear();
    accounts.clear();
    for (Person employee : EMPLOYEES) {
      String token = REPLICAS.get(0).gateway().signIn(employee, "session:take");
      tokens.add(token);
      accounts.add(UUID.fromString(Gateway.claims(token).getString("sub")));
    }
  }

  private void play(List<Step> steps, int killAfter) throws Exception {
    AtomicBoolean running = new AtomicBoolean(true);
    done.set(0);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (LeaseWatch watch = new LeaseWatch(TestKit.current().superuser())) {
      List<Future<?>> watchers = new ArrayList<>();
      watchers.add(threads.submit(() -> watch.watch(running, wrong)));
      for (Replica replica : REPLICAS) {
        watchers.add(threads.submit(() -> askAboutAll(replica, running)));
      }
      List<Future<?>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int first = client;
        clients.add(threads.submit(() -> playEach(steps, first, killAfter)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
      running.set(false);
      for (Future<?> watcher : watchers) {
        watcher.get();
      }
    } finally {
      running.set(false);
      threads.shutdownNow();
    }
  }

  private void playEach(List<Step> steps, int first, int killAfter) {
    for (int i = first; i < steps.size(); i += CLIENTS) {
      Step step = steps.get(i);
      Replica chosen = REPLICAS.get(step.replica());
      Replica replica = chosen.isKilled() ? REPLICAS.get(0) : chosen;
      try {
        play(step, replica);
      } catch (UncheckedIOException | StatusRuntimeException | IllegalStateException e) {
        if (!replica.isKilled()) {
          wrong.add(step + ": " + e);
        }
      }
      if (done.incrementAndGet() == killAfter) {
        kill();
      }
    }
  }

  private void play(Step step, Replica replica) {
    String token = tokens.get(step.employee());
    UUID account = accounts.get(step.employee());
    long begun = System.nanoTime();
    switch (step.deed()) {
      case TAKE -> ledger.taken(replica.take(token, SCHOOL_IDS.get(step.school())), account, begun);
      case END -> {
        replica.end(token);
        ledger.ended(account, begun);
      }
      case ASK ->
          ledger.handed().stream()
              .filter(each -> each.account().equals(account))
              .reduce((earlier, later) -> later)
              .ifPresent(each -> ask(each, replica));
    }
  }

  private void askAboutAll(Replica replica, AtomicBoolean running) {
    while (running.get() && !replica.isKilled()) {
      for (Handed each : ledger.handed()) {
        try {
          ask(each, replica);
        } catch (StatusRuntimeException e) {
          if (!replica.isKilled()) {
            wrong.add("asked: " + e);
          }
          return;
        }
      }
    }
  }

  private void ask(Handed lease, Replica replica) {
    boolean over = ledger.surelyOver(lease, System.nanoTime());
    if (replica.isLive(lease.lease(), lease.account()) && over) {
      wrong.add(lease + " is over, and a replica says that it is live");
    }
  }

  private void kill() {
    try {
      REPLICAS.get(1).kill();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of everything that was ever handed out, once all is quiet; and all that are up agree. */
  private void assertOneAtMost() {
    assertThat(wrong).isEmpty();
    assertThat(ledger.handed()).hasSizeGreaterThan(CLIENTS);
    List<List<Handed>> live = new ArrayList<>();
    for (Replica replica : REPLICAS) {
      if (!replica.isKilled()) {
        live.add(
            ledger.handed().stream()
                .filter(each -> replica.isLive(each.lease(), each.account()))
                .toList());
      }
    }
    assertThat(live.stream().distinct()).hasSize(1);
    assertThat(live.get(0)).extracting(Handed::account).doesNotHaveDuplicates();
  }

  /**
   * Also shows that a replica can say yes: under the load each lease may be over when it is asked
   * about.
   */
  private void assertEndedHereIsDeadThere() {
    for (int employee = 0; employee < EMPLOYEES.size(); employee++) {
      assertEndedHereIsDeadThere(employee);
    }
  }

  private void assertEndedHereIsDeadThere(int employee) {
    UUID account = accounts.get(employee);
    Replica here = REPLICAS.get(employee % 2);
    Replica there = REPLICAS.get(1 - employee % 2);
    UUID lease = here.take(tokens.get(employee), SCHOOL_IDS.get(0));
    String onLease = there.gateway().signIn(EMPLOYEES.get(employee));
    assertThat(there.isLive(lease, account)).isTrue();
    assertThat(there.gateway().get("/me", onLease).statusCode()).isEqualTo(200);

    here.end(tokens.get(employee));

    assertThat(there.isLive(lease, account)).isFalse();
    assertThat(there.gateway().get("/me", onLease).statusCode()).isEqualTo(401);
  }
}
