package uk.progressstream.platform.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import uk.progressstream.platform.scope.Scope;

/**
 * Tokens that were taken back before they ended.
 *
 * @param account whose
 * @param token the one token; empty for all that were issued until then
 * @param at when, by the clock of identity's database
 */
public record Revocation(UUID account, Optional<UUID> token, Instant at) {

  /**
   * Whether a scope is dead by this. Identity issues none in the millisecond of a revocation, so
   * whatever claims that one was issued before.
   */
  public boolean hits(Scope scope) {
    return account.equals(scope.account())
        && token.map(scope.tokenId()::equals).orElseGet(() -> !scope.issuedAt().isAfter(at));
  }
}
