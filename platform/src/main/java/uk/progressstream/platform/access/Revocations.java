package uk.progressstream.platform.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.progressstream.platform.scope.Scope;

/**
 * What identity said was taken back, as of one moment.
 *
 * @param byAccount by whom it concerns
 * @param askedAtNanos {@link System#nanoTime} from before identity was asked: everything that was
 *     taken back until then is in the list
 */
record Revocations(Map<UUID, List<Revocation>> byAccount, long askedAtNanos) {
  /** The age from which on a list is not relied on. */
  static final Duration FRESH = Duration.ofSeconds(5);

  static Revocations of(List<Revocation> all, long askedAtNanos) {
    return new Revocations(
        all.stream().collect(Collectors.groupingBy(Revocation::account)), askedAtNanos);
  }

  boolean isFresh(long nowNanos) {
    return nowNanos - askedAtNanos < FRESH.toNanos();
  }

  boolean hit(Scope scope) {
    return byAccount.getOrDefault(scope.account(), List.of()).stream()
        .anyMatch(each -> each.hits(scope));
  }
}
