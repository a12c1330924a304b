package uk.progressstream.identity.token;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import uk.progressstream.identity.account.Accounts;
import uk.progressstream.identity.account.SignedIn;
import uk.progressstream.identity.grant.GrantDecision;
import uk.progressstream.identity.grant.GrantDecision.Granted;
import uk.progressstream.identity.grant.GrantDecision.NoStanding;
import uk.progressstream.identity.grant.GrantDecision.TooLarge;
import uk.progressstream.identity.grant.GrantRules;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.seal.SealKeys;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.identity.signin.IdTokens;
import uk.progressstream.identity.signin.SignInRefused;
import uk.progressstream.identity.signin.Visitor;
import uk.progressstream.platform.database.ScopedDatabase;

/**
 * Exchanges an ID token for an access token. Account, binding and the log's record are one
 * transaction: no token leaves without its record.
 */
@ApplicationScoped
public class TokenService {
  private static final String REFUSED = "the subject token is not acceptable here";

  private final IdTokens idTokens;
  private final Accounts accounts;
  private final AccessTokens accessTokens;
  private final SealKeys sealKeys;
  private final OwnScopes scopes;
  private final ScopedDatabase database;
  private final Witness witness;

  TokenService(
      IdTokens idTokens,
      Accounts accounts,
      AccessTokens accessTokens,
      SealKeys sealKeys,
      OwnScopes scopes,
      ScopedDatabase database,
      Witness witness) {
    this.idTokens = idTokens;
    this.accounts = accounts;
    this.accessTokens = accessTokens;
    this.sealKeys = sealKeys;
    this.scopes = scopes;
    this.database = database;
    this.witness = witness;
  }

  /** Services that an audience may name. */
  Set<String> services() {
    return sealKeys.services();
  }

  /** The exchange; fails with a {@link TokenRefusal}, or a 503 problem. */
  Uni<AccessToken> exchange(TokenRequest request) {
    return Uni.createFrom()
        .deferred(() -> idTokens.verify(request.subjectToken()))
        .onFailure(SignInRefused.class)
        .transform(e -> TokenRefusal.invalidRequest(REFUSED))
        .chain(
            visitor ->
                database.inScope(
                    scopes.signIn(), connection -> issue(connection, visitor, request)));
  }

  private Uni<AccessToken> issue(SqlConnection connection, Visitor visitor, TokenRequest request) {
    return accounts
        .signIn(connection, visitor)
        .chain(signedIn -> issue(connection, signedIn, request));
  }

  private Uni<AccessToken> issue(
      SqlConnection connection, SignedIn signedIn, TokenRequest request) {
    GrantDecision decision = GrantRules.decide(signedIn.standing(), request.wish());
    if (!(decision instanceof Granted granted)) {
      throw refusal(decision);
    }
    AccessToken token =
        accessTokens.issue(
            signedIn.account(), granted.grant(), signedIn.issuedAt(), request.audience());
    return witness
        .record(connection, token.account(), TokenEvents.of(signedIn, token))
        .replaceWith(token);
  }

  private static TokenRefusal refusal(GrantDecision decision) {
    if (decision instanceof NoStanding) {
      return TokenRefusal.invalidRequest(REFUSED);
    }
    return decision instanceof TooLarge
        ? TokenRefusal.invalidScope(
            "more than "
                + GrantRules.CELLS_MAX
                + " classes; name one school with scope=school:<id>")
        : TokenRefusal.invalidScope("nothing of this scope may be granted");
  }
}
