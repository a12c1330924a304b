package uk.progressstream.identity.limit;

import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.signin.AccountKey;

/**
 * Limits of the token endpoint. An account is counted only once its ID token was verified, and an
 * address only by what was refused: so nobody can use up what another account or a whole school
 * behind one address has left.
 */
@ApplicationScoped
public class TokenLimits {
  private final Limiter<AccountKey> accounts;
  private final Limiter<String> refusals;

  @Inject
  TokenLimits(LimitSettings settings) {
    this(settings, TimeMeter.SYSTEM_NANOTIME);
  }

  TokenLimits(LimitSettings settings, TimeMeter clock) {
    this.accounts = new Limiter<>(settings.accountBurst(), settings.accountPerMinute(), clock);
    this.refusals = new Limiter<>(settings.refusalBurst(), settings.refusalPerMinute(), clock);
  }

  /** Counts a sign-in; 0, or the seconds that its account has to wait. */
  public int signIn(AccountKey account) {
    return accounts.take(account);
  }

  /**
   * Counts a refusal; 0, or the seconds after which its address is told again why.
   *
   * @param forwarded the header {@link CallerAddress#HEADER}
   */
  public int refusal(@Nullable String forwarded) {
    return refusals.take(CallerAddress.of(forwarded));
  }
}
