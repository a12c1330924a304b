package uk.progressstream.platform.access;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.startup.Loops;

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
  private static final Duration RENEW_EVERY = Duration.ofSeconds(1);
  private static final Duration SILENT_MAX = Duration.ofSeconds(30);

  private final Loops loops;
  private final AccessAuthority authority;
  private final SharedQuestion<Revocations> question = new SharedQuestion<>(PATIENCE);
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile @Nullable Revocations last;

  RevocationList(Loops loops, AccessAuthority authority) {
    this.loops = loops;
    this.authority = authority;
  }

  void start(@Observes StartupEvent event) {
    loops.every("revocation-list", RENEW_EVERY, SILENT_MAX, this::renew);
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

  /** An answer that does not come is no end of the loop: requests share a question then. */
  private Uni<?> renew() {
    return fetch()
        .invoke(this::renewed)
        .onFailure()
        .invoke(this::failed)
        .onFailure()
        .recoverWithNull();
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
