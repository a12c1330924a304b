package uk.progressstream.identity.lease;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What clients were answered about leases, and when. A lease is surely over at a moment if a take
 * or end of its account was begun after the lease was handed out and answered before that moment:
 * whoever says then that it is live is wrong, in whichever order things were done meanwhile.
 */
final class LeaseLedger {
  private final List<Handed> handed = new CopyOnWriteArrayList<>();
  private final List<Ending> endings = new CopyOnWriteArrayList<>();

  /** A lease that a client holds the answer of; times are {@link System#nanoTime}. */
  record Handed(UUID lease, UUID account, long answeredAt) {}

  private record Ending(UUID account, long begunAt, long answeredAt) {}

  /** A take was answered; it ends what was held before. */
  void taken(UUID lease, UUID account, long begunAt) {
    long now = System.nanoTime();
    handed.add(new Handed(lease, account, now));
    endings.add(new Ending(account, begunAt, now));
  }

  /** An end was answered. */
  void ended(UUID account, long begunAt) {
    endings.add(new Ending(account, begunAt, System.nanoTime()));
  }

  /** All leases that were ever handed out. */
  List<Handed> handed() {
    return handed;
  }

  /** Whether a lease must be dead for whoever asks from this moment on. */
  boolean surelyOver(Handed lease, long moment) {
    return endings.stream()
        .anyMatch(
            each ->
                each.account().equals(lease.account())
                    && each.begunAt() - lease.answeredAt() > 0
                    && moment - each.answeredAt() > 0);
  }
}
