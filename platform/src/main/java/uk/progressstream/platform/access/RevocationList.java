package uk.progressstream.platform.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The list of what was taken back, fetched each second. A list that could not be renewed for five
 * seconds is not relied on: then requests wait for identity's answer to one question that they
 * share, and without an answer there is no access. So access ends everywhere within about a second
 * of its loss, and within five when the network fails.
 */
@ApplicationScoped
public class RevocationList {
  /** Less than a list is relied on, so that one that came late is good for a while yet. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Logger LOG = Logger.getLogger(RevocationList.class);
  private static final long RENEW_MS = 1000;

  private final Vertx vertx;
  private final AccessAuthority authority;
  private final SharedQuestion<Revocations> question = new SharedQuestion<>(PATIENCE);
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile @Nullable Revocations last;
  private volatile boolean stopped;

  RevocationList(Vertx vertx, AccessAuthority authority) {
    this.vertx = vertx;
    this.authority = authority;
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(RENEW_MS, timer -> renew(timer));
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  /** A list that may be relied on; fails where there is none to be had. */
  Uni<Revocations> current() {
    Revocations known = last;
    return known != null && known.isFresh(System.nanoTime())
        ? Uni.createFrom().item(known)
        : fetch().map(RevocationList::orTooOld);
  }

  private static Revocations orTooOld(Revocations answer) {
    if (!answer.isFresh(System.nanoTime())) {
      throw new IllegalStateException("the answer came too late");
    }
    return answer;
  }

  private void renew(long timer) {
    if (stopped) {
      vertx.cancelTimer(timer);
    } else {
      fetch().subscribe().with(this::renewed, this::failed);
    }
  }

  private Uni<Revocations> fetch() {
    return question.ask(
        () -> {
          long before = System.nanoTime();
          return authority
              .revocations()
              .map(all -> Revocations.of(all, before))
              .invoke(list -> last = list);
        });
  }

  private void renewed(Revocations list) {
    if (failing.compareAndSet(true, false)) {
      LOG.info("identity tells again what access was taken back");
    }
  }

  private void failed(Throwable failure) {
    if (failing.compareAndSet(false, true)) {
      LOG.warnf(
          "identity does not tell what access was taken back: %s", failure.getClass().getName());
    }
  }
}
