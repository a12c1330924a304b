package uk.progressstream.ingest.peers;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.run.RunStopped;

/**
 * Calls a peer from the worker thread of an upload. Every call is idempotent, so one that failed
 * for a passing reason is tried again, with growing pauses and an end.
 */
@ApplicationScoped
public class PeerCalls {
  private static final Logger LOG = Logger.getLogger(PeerCalls.class);
  private static final Set<Status.Code> PASSING =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.ABORTED,
          Status.Code.CANCELLED);

  private final PeerSettings settings;

  PeerCalls(PeerSettings settings) {
    this.settings = settings;
  }

  /**
   * The answer; blocks.
   *
   * @param peer its name, for the log
   * @throws RunStopped where the peer refuses, or gives no answer in the time and tries that the
   *     settings allow
   */
  <T> T ask(String peer, Uni<T> call) {
    try {
      return call.ifNoItem()
          .after(settings.callTimeout())
          .fail()
          .onFailure(PeerCalls::passing)
          .retry()
          .withBackOff(settings.backOffMin(), settings.backOffMax())
          .atMost(settings.retriesMax())
          .await()
          .atMost(longestWait());
    } catch (RuntimeException failure) {
      throw stopped(peer, failure);
    }
  }

  private Duration longestWait() {
    return settings
        .callTimeout()
        .plus(settings.backOffMax())
        .multipliedBy(settings.retriesMax() + 1L)
        .plusSeconds(1);
  }

  private static RunStopped stopped(String peer, RuntimeException failure) {
    boolean refused = code(failure) != Status.Code.UNKNOWN && !passing(failure);
    // The status code alone: a description may quote what was sent.
    LOG.warnf("%s does not take a batch: %s", peer, code(failure));
    return new RunStopped(refused ? ProblemCode.PEER_REFUSED : ProblemCode.PEER_UNAVAILABLE);
  }

  private static boolean passing(Throwable failure) {
    return failure instanceof io.smallrye.mutiny.TimeoutException
        || PASSING.contains(code(failure));
  }

  private static Status.Code code(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof StatusRuntimeException)) {
      cause = cause.getCause();
    }
    return cause instanceof StatusRuntimeException status
        ? status.getStatus().getCode()
        : Status.Code.UNKNOWN;
  }
}
