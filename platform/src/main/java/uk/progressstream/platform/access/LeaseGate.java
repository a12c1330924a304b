package uk.progressstream.platform.access;

import io.smallrye.mutiny.Uni;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Whether the lease that a scope hangs on is still the live one. Asked before every transaction.
 */
public interface LeaseGate {

  /**
   * Completes where the scope has no lease or its lease is live; fails with a 401 problem where it
   * has ended, and with 503 where there is no answer: no answer means no data.
   */
  Uni<Void> check(SealedScope scope);
}
