package uk.progressstream.system.benchmark;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.contracts.access.AccessChecksGrpc;
import uk.progressstream.contracts.access.CheckLeaseReply;
import uk.progressstream.contracts.access.CheckLeaseRequest;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.system.benchmark.Load.Latencies;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** Who am I, and is this lease live: what identity is asked most often. */
@ExtendWith(WholeSystem.class)
class MeAndLeaseBenchmark {
  private static final int ACCOUNTS = 100;
  private static final int PER_SECOND = 500;
  private static final double LIMIT_MS = 10;
  private static final Duration WARM_UP = Duration.ofSeconds(40);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 20));

  private final RunningSystem system;
  private final Report report =
      new Report("MeAndLease: GET /identity/v1/me and AccessChecks.CheckLease");

  MeAndLeaseBenchmark(RunningSystem system) {
    this.system = system;
  }

  @Test
  void me() throws Exception {
    List<Map<String, String>> headers =
        Accounts.ofManySchools(system, ACCOUNTS).accessTokens().stream()
            .map(token -> Map.of("Authorization", "Bearer " + token))
            .toList();
    AtomicInteger turn = new AtomicInteger();
    try (ServiceTarget direct = Targets.direct(system);
        ServiceTarget gateway = Targets.gateway(system)) {
      for (ServiceTarget target : List.of(direct, gateway)) {
        measure(
            "me, " + target.name(),
            () ->
                target.ask(
                    HttpMethod.GET,
                    "/identity/v1/me",
                    headers.get(turn.getAndIncrement() % headers.size()),
                    Buffer.buffer()));
      }
    }
    report.close();
  }

  @Test
  void checkLease() throws Exception {
    String school = Accounts.school(system.as(SampleAccount.GP_ADMIN));
    ApiClient employee = system.as(SampleAccount.EMPLOYEE);
    JsonObject lease =
        employee
            .put(
                "/identity/v1/employee-session",
                new JsonObject().put("school", school).put("reason", "benchmark"))
            .require(200)
            .json();
    CheckLeaseRequest request =
        CheckLeaseRequest.newBuilder()
            .setLease(lease.getString("id"))
            .setAccount(employee.get("/identity/v1/me").json().getString("account"))
            .build();
    ManagedChannel channel = channel();
    try {
      AccessChecksGrpc.AccessChecksFutureStub identity = AccessChecksGrpc.newFutureStub(channel);
      measure("lease check, by gRPC as grades", () -> live(identity.checkLease(request)));
    } finally {
      channel.shutdownNow();
      employee.delete("/identity/v1/employee-session");
    }
    report.close();
  }

  private void measure(String what, Supplier<Future<Boolean>> request) throws InterruptedException {
    Load.Throughput most = Load.closed(ServiceTarget.CONNECTIONS, WARM_UP, request);
    report.line("%s, %d at once: %.0f a second", what, ServiceTarget.CONNECTIONS, most.perSecond());
    Processors processors = Processors.watch(system);
    Latencies latencies = Load.open(PER_SECOND, TIME, request);
    report.line("%s at %d a second: %s", what, PER_SECOND, latencies);
    report.line("  %s", processors.used());
    report.atMost("p99 of " + what, latencies.milliseconds().quantile(0.99), LIMIT_MS, " ms");
    report.atMost("failures of " + what, latencies.failures(), 0, "");
  }

  private ManagedChannel channel() throws IOException {
    CredentialFiles grades = Targets.certificate(system, "grades");
    return Grpc.newChannelBuilderForAddress(
            "localhost",
            system.service("identity").getInteger("port"),
            TlsChannelCredentials.newBuilder()
                .trustManager(system.run().authority().toFile())
                .keyManager(grades.certificate().toFile(), grades.key().toFile())
                .build())
        .build();
  }

  private static Future<Boolean> live(ListenableFuture<CheckLeaseReply> reply) {
    Promise<Boolean> promise = Promise.promise();
    Futures.addCallback(
        reply,
        new FutureCallback<>() {
          @Override
          public void onSuccess(@Nullable CheckLeaseReply answer) {
            promise.complete(answer != null && answer.getLive());
          }

          @Override
          public void onFailure(Throwable failure) {
            promise.fail(failure);
          }
        },
        MoreExecutors.directExecutor());
    return promise.future();
  }
}
