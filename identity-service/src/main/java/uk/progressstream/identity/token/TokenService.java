package uk.progressstream.identity.token;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.account.Accounts;
import uk.progressstream.identity.account.SignedIn;
import uk.progressstream.identity.grant.GrantDecision;
import uk.progressstream.identity.grant.GrantDecision.Granted;
import uk.progressstream.identity.grant.GrantDecision.NoStanding;
import uk.progressstream.identity.grant.GrantDecision.TooLarge;
import uk.progressstream.identity.grant.GrantRules;
import uk.progressstream.identity.limit.TokenLimits;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.seal.SealKeys;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.identity.signin.IdTokens;
import uk.progressstream.identity.signin.SignInRefused;
import uk.progressstream.identity.signin.Visitor;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Exchanges an ID token for an access token. No token leaves without its record in the log, and
 * what a sign-in binds is one transaction with it.
 */
@ApplicationScoped
public class TokenService {
  private final IdTokens idTokens;
  private final Accounts accounts;
  private final AccessTokens accessTokens;
  private final SealKeys sealKeys;
  private final OwnScopes scopes;
  private final ScopedDatabase database;
  private final Witness witness;
  private final TokenLimits limits;
  private final TokenRefusals refusals;

  TokenService(
      IdTokens idTokens,
      Accounts accounts,
      AccessTokens accessTokens,
      SealKeys sealKeys,
      OwnScopes scopes,
      ScopedDatabase database,
      Witness witness,
      TokenLimits limits,
      TokenRefusals refusals) {
    this.idTokens = idTokens;
    this.accounts = accounts;
    this.accessTokens = accessTokens;
    this.sealKeys = sealKeys;
    this.scopes = scopes;
    this.database = database;
    this.witness = witness;
    this.limits = limits;
    this.refusals = refusals;
  }

  /** Services that an audience may name. */
  Set<String> services() {
    return sealKeys.services();
  }

  /**
   * The exchange; fails with a {@link TokenRefusal}, or a 503 problem.
   *
   * @param forwarded where the request comes from, as the gateway says
   */
  Uni<AccessToken> exchange(TokenRequest request, @Nullable String forwarded) {
    return Uni.createFrom()
        .deferred(() -> idTokens.verify(request.subjectToken()))
        .onFailure(SignInRefused.class)
        .recoverWithUni(refused -> refusals.ofToken((SignInRefused) refused, forwarded))
        .chain(visitor -> exchange(visitor, request, forwarded));
  }

  private Uni<AccessToken> exchange(
      Visitor visitor, TokenRequest request, @Nullable String forwarded) {
    int wait = limits.signIn(visitor.key());
    return wait > 0
        ? refusals.ofRate(wait)
        : outcome(scopes.signIn(), visitor, request, forwarded)
            .map(outcome -> outcome.tokenOrRefusal(visitor.advice()));
  }

  /**
   * Where nothing is to be bound, reading the standing and writing the record need no transaction
   * around both: a token counts as issued when its standing was read, so that a revocation after
   * that ends it.
   */
  private Uni<Outcome> outcome(
      SealedScope scope, Visitor visitor, TokenRequest request, @Nullable String forwarded) {
    UUID served = visitor.key().counted();
    return database
        .call(scope, served, client -> accounts.known(client, scope, visitor))
        .chain(
            known ->
                known.isPresent()
                    ? database.call(
                        scope, served, client -> outcome(client, known.get(), request, forwarded))
                    : bound(scope, visitor, request, forwarded));
  }

  private Uni<Outcome> bound(
      SealedScope scope, Visitor visitor, TokenRequest request, @Nullable String forwarded) {
    return database.inScope(
        scope,
        visitor.key().counted(),
        connection ->
            accounts
                .signIn(connection, scope, visitor)
                .chain(signedIn -> outcome(connection, signedIn, request, forwarded)));
  }

  private Uni<Outcome> outcome(
      SqlClient client, SignedIn signedIn, TokenRequest request, @Nullable String forwarded) {
    GrantDecision decision = GrantRules.decide(signedIn.standing(), request.wish());
    if (!(decision instanceof Granted granted)) {
      return refused(client, signedIn, Outcome.refused(decision), forwarded);
    }
    AccessToken token =
        accessTokens.issue(
            signedIn.account(), granted.grant(), signedIn.issuedAt(), request.audience());
    return witness
        .record(client, token.account(), TokenEvents.of(signedIn, token))
        .replaceWith(Outcome.issued(token));
  }

  /** Strangers are counted by their address too: anybody can have any number of accounts. */
  private Uni<Outcome> refused(
      SqlClient client, SignedIn signedIn, Outcome refused, @Nullable String forwarded) {
    boolean stranger = refused.reason().equals(Outcome.STRANGER);
    int wait = stranger ? limits.refusal(forwarded) : 0;
    return wait > 0
        ? Uni.createFrom().item(new Outcome(null, TokenRefusal.tooMany(wait), Outcome.STRANGER))
        : refusals.record(client, signedIn, refused.reason()).replaceWith(refused);
  }

  /** A refusal is recorded, and that is committed, before anybody is told. */
  private record Outcome(
      @Nullable AccessToken token, @Nullable TokenRefusal refusal, String reason) {
    static final String STRANGER = "no-standing";

    static Outcome issued(AccessToken token) {
      return new Outcome(token, null, "");
    }

    static Outcome refused(GrantDecision decision) {
      if (decision instanceof NoStanding) {
        return new Outcome(null, null, STRANGER);
      }
      return decision instanceof TooLarge
          ? new Outcome(
              null,
              TokenRefusal.invalidScope(
                  "more than "
                      + GrantRules.CELLS_MAX
                      + " classes; name one school with scope=school:<id>, be given a whole school,"
                      + " or ask for none with scope=role:invited"),
              "too-large")
          : new Outcome(
              null,
              TokenRefusal.invalidScope("nothing of this scope may be granted"),
              "not-granted");
    }

    /** A stranger's token is genuine, so that what it lacks may be told. */
    AccessToken tokenOrRefusal(Optional<String> advice) {
      if (token == null) {
        throw refusal == null ? TokenRefusals.unacceptable(advice) : refusal;
      }
      return token;
    }
  }
}
