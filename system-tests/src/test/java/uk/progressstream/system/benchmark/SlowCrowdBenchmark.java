package uk.progressstream.system.benchmark;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.system.benchmark.Load.Latencies;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/**
 * What others notice of a crowd of slow clients, everything through the gateway: sign-ins, a
 * teacher's class list, a whole school's page and who am I, without the crowd and with it in turn.
 */
@ExtendWith(WholeSystem.class)
class SlowCrowdBenchmark {
  private static final int SENDERS = 400;
  private static final int READERS = 200;
  private static final int PER_SECOND = 60;
  private static final int ROUNDS = 3;
  private static final double TIMES_IDLE_MAX = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration CROWD_GATHERS = Duration.ofSeconds(15);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 20));

  private final RunningSystem system;
  private final Report report =
      new Report(
          "SlowCrowd: %d senders at a byte a second, %d readers at 1 KiB a second"
              .formatted(SENDERS, READERS));

  SlowCrowdBenchmark(RunningSystem system) {
    this.system = system;
  }

  @Test
  void othersAreNotHeldUp() throws Exception {
    int port = URI.create(system.run().gateway()).getPort();
    double[] ratios = new double[ROUNDS];
    try (ServiceTarget gateway = Targets.gateway(system)) {
      Load.closed(ServiceTarget.CONNECTIONS, WARM_UP, others(gateway));
      for (int round = 0; round < ROUNDS; round++) {
        Latencies idle = Load.open(PER_SECOND, TIME, others(gateway));
        report.line("round %d without the crowd: %s", round + 1, idle);
        Latencies crowded = withCrowd(port, gateway);
        ratios[round] = crowded.milliseconds().quantile(0.99) / idle.milliseconds().quantile(0.99);
        report.atMost("failures of others", idle.failures() + crowded.failures(), 0, "");
      }
    }
    report.line("p99 with the crowd by p99 without: %s", new Figures(ratios).spread("%.2f"));
    report.atMost("p99 of others, median", new Figures(ratios).median(), TIMES_IDLE_MAX, " times");
    report.close();
  }

  private Latencies withCrowd(int port, ServiceTarget gateway) throws InterruptedException {
    try (SlowCrowd crowd = new SlowCrowd(port, system.run().authority())) {
      String token = system.as(SampleAccount.GP_ADMIN).token();
      crowd.senders(SENDERS);
      crowd.readers(READERS, "/grades/v1/grades/export", () -> token);
      // Under load, too: what others are answered meanwhile does not count.
      Load.open(PER_SECOND, CROWD_GATHERS, others(gateway));
      Processors processors = Processors.watch(system);
      Latencies crowded = Load.open(PER_SECOND, TIME, others(gateway));
      report.line("  with it: %s; crowd: %s", crowded, crowd);
      report.line("  %s", processors.used());
      return crowded;
    }
  }

  /** What others ask, in turn; with tokens that are good for the next minutes. */
  private Supplier<Future<Boolean>> others(ServiceTarget gateway) {
    String idToken = system.signIn().idToken(SampleAccount.MS_ADMIN);
    Map<String, String> teacher = bearer(SampleAccount.GP_TEACHER);
    Map<String, String> admin = bearer(SampleAccount.MS_ADMIN);
    Buffer form = Buffer.buffer(Accounts.form(idToken));
    Map<String, String> formType = Map.of("Content-Type", "application/x-www-form-urlencoded");
    List<Supplier<Future<Boolean>>> calls =
        List.of(
            () -> gateway.ask(HttpMethod.GET, "/grades/v1/grades?limit=25", teacher, none()),
            () -> gateway.ask(HttpMethod.GET, "/grades/v1/grades?limit=100", admin, none()),
            () -> gateway.ask(HttpMethod.GET, "/identity/v1/me", teacher, none()));
    AtomicInteger turn = new AtomicInteger();
    return () -> {
      int now = turn.getAndIncrement();
      // An account may sign in twice a second.
      return now % PER_SECOND == 0
          ? gateway.ask(HttpMethod.POST, "/identity/v1/token", formType, form)
          : calls.get(now % calls.size()).get();
    };
  }

  private Map<String, String> bearer(SampleAccount account) {
    return Map.of("Authorization", "Bearer " + system.as(account).token());
  }

  private static Buffer none() {
    return Buffer.buffer();
  }
}
