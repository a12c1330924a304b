package uk.progressstream.platform.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The list of what was taken back, fetched each second. A list that could not be renewed for five
 * seconds is not relied on: then each request asks identity itself, and without an answer there is
 * no access. So access ends everywhere within about a second of its loss, and within five when the
 * network fails.
 */
@ApplicationScoped
public class RevocationList {
  private static final Logger LOG = Logger.getLogger(RevocationList.class);
  private static final long RENEW_MS = 1000;

  private final Vertx vertx;
  private final AccessAuthority authority;
  private final AtomicBoolean asking = new AtomicBoolean();
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
        : fetch();
  }

  private void renew(long timer) {
    if (stopped) {
      vertx.cancelTimer(timer);
    } else if (asking.compareAndSet(false, true)) {
      fetch()
          .onTermination()
          .invoke(() -> asking.set(false))
          .subscribe()
          .with(this::renewed, this::failed);
    }
  }

  private Uni<Revocations> fetch() {
    long before = System.nanoTime();
    return authority.revocations().map(all -> keep(Revocations.of(all, before)));
  }

  /** An answer that was overtaken by a later question's counts for its own request alone. */
  private synchronized Revocations keep(Revocations fetched) {
    Revocations known = last;
    if (known == null || fetched.askedAtNanos() - known.askedAtNanos() > 0) {
      last = fetched;
    }
    return fetched;
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
