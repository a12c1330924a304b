package uk.progressstream.system.benchmark;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.system.benchmark.Load.Latencies;
import uk.progressstream.system.benchmark.Load.Throughput;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** Exchanging ID tokens for access tokens, the whole system on one machine. */
@ExtendWith(WholeSystem.class)
class TokenExchangeBenchmark {
  private static final int ACCOUNTS = 300;
  private static final int ACCOUNTS_OF_ONE_SCHOOL = 40;
  private static final int IN_FLIGHT = 32;
  private static final int OPEN_PER_SECOND = 200;
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 20));
  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded");

  private final RunningSystem system;
  private final Report report = new Report("TokenExchange: POST /identity/v1/token");

  TokenExchangeBenchmark(RunningSystem system) {
    this.system = system;
  }

  @Test
  void tokenExchange() throws Exception {
    List<Buffer> many = forms(Accounts.ofManySchools(system, ACCOUNTS));
    List<Buffer> one = forms(Accounts.ofOneSchool(system, ACCOUNTS_OF_ONE_SCHOOL));
    report.line("%d admins of a school each, taking turns", ACCOUNTS);
    try (ServiceTarget direct = Targets.direct(system);
        ServiceTarget gateway = Targets.gateway(system)) {
      measure(direct, many);
      measure(gateway, many);
      // Not held against a limit: one school's events get their numbers one after the other.
      Throughput alone = Load.closed(IN_FLIGHT, TIME, exchange(direct, one));
      report.line("teachers of one school alone: %.0f a second", alone.perSecond());
    }
    report.close();
  }

  private static List<Buffer> forms(Accounts accounts) {
    return accounts.idTokens().stream().map(Accounts::form).map(Buffer::buffer).toList();
  }

  private static Supplier<Future<Boolean>> exchange(ServiceTarget target, List<Buffer> forms) {
    AtomicInteger turn = new AtomicInteger();
    return () ->
        target.ask(
            HttpMethod.POST,
            "/identity/v1/token",
            FORM,
            forms.get(turn.getAndIncrement() % forms.size()));
  }

  private void measure(ServiceTarget target, List<Buffer> forms) throws InterruptedException {
    Supplier<Future<Boolean>> exchange = exchange(target, forms);
    report.line("%s", target.name());
    Load.closed(ServiceTarget.CONNECTIONS, TIME, exchange);
    Processors closed = Processors.watch(system);
    Throughput throughput = Load.closed(IN_FLIGHT, TIME, exchange);
    report.line(
        "  closed loop of %d: %.0f a second, %d failed; %s",
        IN_FLIGHT, throughput.perSecond(), throughput.failures(), closed.used());
    Processors open = Processors.watch(system);
    Latencies latencies = Load.open(OPEN_PER_SECOND, TIME, exchange);
    report.line("  open loop of %d a second: %s; %s", OPEN_PER_SECOND, latencies, open.used());
    report.atLeast("exchanges " + target.name(), throughput.perSecond(), 1000, " a second");
    report.atMost("p99 " + target.name(), latencies.milliseconds().quantile(0.99), 50, " ms");
    report.atMost("failures " + target.name(), throughput.failures() + latencies.failures(), 0, "");
  }
}
