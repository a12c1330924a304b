package uk.progressstream.identity.lease;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import uk.progressstream.contracts.access.AccessChecksGrpc;
import uk.progressstream.contracts.access.CheckLeaseRequest;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.ServiceProcess;
import uk.progressstream.provisioning.testing.TestKit;

/** One process of identity beside others on the same database. */
final class Replica implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofMinutes(2);
  private static final long POLL_MS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What a busy service says over HTTP and over gRPC alike. */
  private static final String BUSY = "Try again later.";

  private final ServiceProcess process;
  private final Gateway gateway;
  private final PeerChannel channel;
  private volatile boolean killed;

  private Replica(ServiceProcess process, Gateway gateway, PeerChannel channel) {
    this.process = process;
    this.gateway = gateway;
    this.channel = channel;
  }

  /** Starts it and waits until it answers. */
  static Replica start(Map<String, String> configuration, String name)
      throws IOException, InterruptedException {
    int port = Ports.free();
    Map<String, String> own = new HashMap<>(configuration);
    own.put("ps.peers.identity-port", Integer.toString(port));
    Path log = Path.of("target/lease-replica-" + name + ".log");
    URI address = URI.create("https://localhost:" + port + "/");
    Replica replica =
        new Replica(
            ServiceProcess.start(own, port, log),
            Gateway.at(address.toURL()),
            PeerChannel.open(address.toURL(), TestKit.current(), "grades"));
    Instant deadline = Instant.now().plus(START_WITHIN);
    while (!replica.answers()) {
      if (!replica.process.isAlive() || Instant.now().isAfter(deadline)) {
        replica.close();
        throw new IllegalStateException("it did not start, see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return replica;
  }

  /** The replica as people see it. */
  Gateway gateway() {
    return gateway;
  }

  /** Takes a school; returns the lease. */
  UUID take(String token, UUID school) {
    String body = new JsonObject().put("school", school.toString()).put("reason", "load").encode();
    String answer = patiently(() -> sent("PUT", token, body, 200).body());
    return UUID.fromString(new JsonObject(answer).getString("id"));
  }

  /** Ends what is held. */
  void end(String token) {
    patiently(() -> sent("DELETE", token, "", 204));
  }

  /** What a service is told that asks about a lease. */
  boolean isLive(UUID lease, UUID account) {
    CheckLeaseRequest request =
        CheckLeaseRequest.newBuilder()
            .setLease(lease.toString())
            .setAccount(account.toString())
            .build();
    return patiently(() -> AccessChecksGrpc.newBlockingStub(channel.bare()).checkLease(request))
        .getLive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    killed = true;
    process.kill();
  }

  /** Whether it was killed: what it does not answer then is no finding. */
  boolean isKilled() {
    return killed;
  }

  @Override
  public void close() throws InterruptedException {
    channel.close();
    process.close();
  }

  /**
   * As any client does: where the service says that it is busy, it is asked again. How much 64
   * clients at once are for a machine is not the question here.
   */
  private static <T> T patiently(Callable<T> question) {
    return await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(POLL_MS))
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(Replica::isBusy)
        .until(question, answer -> true);
  }

  /** A dead process has no such words; of a slow one it is not known whether it did it. */
  private static boolean isBusy(Throwable failure) {
    return failure.getCause() instanceof HttpTimeoutException
        || (failure.getMessage() != null && failure.getMessage().contains(BUSY));
  }

  private HttpResponse<String> sent(String method, String token, String body, int status) {
    HttpResponse<String> answer = gateway.send(method, "/employee-session", token, body);
    if (answer.statusCode() != status) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return answer;
  }

  private boolean answers() {
    try {
      return gateway.get("/me", null).statusCode() == 401;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }
}
