package uk.progressstream.identity.token;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.account.SignedIn;
import uk.progressstream.identity.grant.Membership;
import uk.progressstream.identity.limit.CallerAddress;
import uk.progressstream.identity.limit.TokenLimits;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.identity.signin.SignInRefused;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outcome;

/**
 * What a refused sign-in leaves behind: a record in the log of each school that it concerns, in the
 * company's where it concerns none. An address that is refused too often is told to wait, and what
 * it is refused meanwhile is counted and not recorded, or it could fill the log.
 */
@ApplicationScoped
public class TokenRefusals {
  private static final String REFUSED = "the subject token is not acceptable here";
  private static final UUID IDENTITY = OwnScopes.serviceAccount("identity");

  private final TokenLimits limits;
  private final ScopedDatabase database;
  private final OwnScopes scopes;
  private final Witness witness;
  private final MeterRegistry meters;

  TokenRefusals(
      TokenLimits limits,
      ScopedDatabase database,
      OwnScopes scopes,
      Witness witness,
      MeterRegistry meters) {
    this.limits = limits;
    this.database = database;
    this.scopes = scopes;
    this.witness = witness;
    this.meters = meters;
  }

  /** An ID token that is none of ours to accept; fails with the refusal once it is recorded. */
  <T> Uni<T> ofToken(SignInRefused refused, @Nullable String forwarded) {
    String reason = refused.reason().name().toLowerCase(Locale.ROOT);
    count(reason);
    int wait = limits.refusal(forwarded);
    if (wait > 0) {
      return Uni.createFrom().failure(TokenRefusal.tooMany(wait));
    }
    List<Deed> deeds = List.of(deed(AuditEvent.COMPANY, IDENTITY, reason));
    return database
        .call(
            scopes.signIn(),
            CallerAddress.counted(forwarded),
            client -> witness.record(client, IDENTITY, deeds))
        .chain(() -> Uni.createFrom().failure(unacceptable(refused.advice())));
  }

  /** An account that has had enough tokens for now. */
  <T> Uni<T> ofRate(int waitSeconds) {
    count("rate");
    return Uni.createFrom().failure(TokenRefusal.tooMany(waitSeconds));
  }

  /** Somebody who is known or could be, and gets nothing: recorded before it is told. */
  Uni<Void> record(SqlClient client, SignedIn signedIn, String reason) {
    count(reason);
    Set<UUID> schools =
        signedIn.standing().memberships().stream()
            .map(Membership::school)
            .collect(Collectors.toSet());
    List<Deed> deeds =
        (schools.isEmpty() ? Set.of(AuditEvent.COMPANY) : schools)
            .stream().map(log -> deed(log, signedIn.account(), reason)).toList();
    return witness.record(client, signedIn.account(), deeds);
  }

  /**
   * The answer to a token that gets nothing.
   *
   * @param advice what to set, where the token was genuine
   */
  static TokenRefusal unacceptable(Optional<String> advice) {
    return TokenRefusal.invalidRequest(advice.map(text -> REFUSED + ": " + text).orElse(REFUSED));
  }

  private void count(String reason) {
    meters.counter("ps.token.refusals", "reason", reason).increment();
  }

  private static Deed deed(UUID log, UUID account, String reason) {
    return Deed.of(
        "token.refused",
        log,
        event ->
            event
                .actor(account, "none")
                .resource("token")
                .filter(Map.of("reason", reason))
                .outcome(Outcome.REFUSED));
  }
}
