package uk.progressstream.identity.token;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import uk.progressstream.identity.grant.Grant;
import uk.progressstream.identity.seal.SealKeys;
import uk.progressstream.identity.setting.TokenSettings;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.TokenId;

/**
 * Issues access tokens: a JWT (RFC 9068) with the scope in its canonical text, and a seal over it
 * for each service that the token is for.
 */
@ApplicationScoped
public class AccessTokens {
  private final SigningKeys signingKeys;
  private final SealKeys sealKeys;
  private final String issuer;

  AccessTokens(SigningKeys signingKeys, SealKeys sealKeys, TokenSettings settings) {
    this.signingKeys = signingKeys;
    this.sealKeys = sealKeys;
    this.issuer = settings.issuer();
  }

  /**
   * A new token, good for {@link Scope#LIFETIME}.
   *
   * @param issuedAt by the clock of the database
   * @param audience services that it is for; empty for all of them
   */
  public AccessToken issue(UUID account, Grant grant, Instant issuedAt, Set<String> audience) {
    Scope scope = scope(account, grant, issuedAt);
    String text = ScopeText.write(scope);
    Map<String, String> seals = new TreeMap<>();
    for (String service : audience.isEmpty() ? sealKeys.services() : audience) {
      seals.put(service, sealKeys.seal(service, text));
    }
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(List.copyOf(seals.keySet()));
    claims.setSubject(account.toString());
    claims.setJwtId(scope.tokenId().toString());
    claims.setIssuedAt(NumericDate.fromSeconds(issuedAt.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(scope.expiresAt().getEpochSecond()));
    claims.setStringClaim("role", grant.role());
    claims.setStringListClaim("roles", grant.permissions().stream().sorted().toList());
    claims.setStringClaim("ps_scope", text);
    claims.setClaim("ps_seals", seals);
    return new AccessToken(scope.tokenId(), account, grant, sign(claims), scope.expiresAt());
  }

  private String sign(JwtClaims claims) {
    SigningKey key = signingKeys.current();
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setKeyIdHeaderValue(key.id());
    signature.setHeader("typ", "at+jwt");
    signature.setKey(key.privateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  private static Scope scope(UUID account, Grant grant, Instant issuedAt) {
    return new Scope(
        TokenId.at(issuedAt),
        account,
        issuedAt.truncatedTo(ChronoUnit.SECONDS).plus(Scope.LIFETIME),
        grant.lease(),
        grant.purpose(),
        grant.permissions(),
        grant.cells().kind(),
        grant.cells().schools(),
        grant.cells().classes());
  }
}
