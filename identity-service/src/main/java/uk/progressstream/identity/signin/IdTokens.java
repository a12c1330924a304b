package uk.progressstream.identity.signin;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.InvalidJwtSignatureException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import uk.progressstream.identity.signin.SignInRefused.Reason;

/**
 * Verifies ID tokens (OpenID Connect Core 1.0, section 3.1.3.7). Both issuers sign with RS256; no
 * other algorithm is looked at, whatever a token's header says.
 */
@ApplicationScoped
public class IdTokens {
  private static final int CLOCK_SKEW_SECONDS = 30;
  private static final int LIFETIME_MINUTES_MAX = 24 * 60;
  private static final AlgorithmConstraints RS256_ONLY =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256);

  private final TrustedIssuers issuers;

  IdTokens(TrustedIssuers issuers) {
    this.issuers = issuers;
  }

  /**
   * Who a token stands for.
   *
   * @return fails with {@link SignInRefused}, or with a 503 problem where the issuer's keys can't
   *     be had
   */
  public Uni<Visitor> verify(String token) {
    UnverifiedToken unverified = UnverifiedToken.read(token);
    TrustedIssuer issuer =
        issuers.find(unverified.issuer()).orElseThrow(() -> new SignInRefused(Reason.ISSUER));
    if (!unverified.isSignedWith(AlgorithmIdentifiers.RSA_USING_SHA256)) {
      throw new SignInRefused(Reason.SIGNATURE);
    }
    return issuer.keys().find(unverified.keyId()).map(key -> verify(token, issuer, key));
  }

  /** Verifies with a key of the issuer; the algorithm again, whatever was looked at before. */
  static Visitor verify(String token, TrustedIssuer issuer, Optional<JsonWebKey> key) {
    JwtClaims claims = verify(token, issuer, publicKey(key));
    requireOneAudience(claims);
    return issuer.visitor().apply(claims);
  }

  private static PublicKey publicKey(Optional<JsonWebKey> key) {
    return key.filter(RsaJsonWebKey.class::isInstance)
        .filter(each -> each.getUse() == null || each.getUse().equals("sig"))
        .map(each -> ((RsaJsonWebKey) each).getPublicKey())
        .orElseThrow(() -> new SignInRefused(Reason.SIGNATURE));
  }

  private static JwtClaims verify(String token, TrustedIssuer issuer, PublicKey key) {
    try {
      return new JwtConsumerBuilder()
          .setJwsAlgorithmConstraints(RS256_ONLY)
          .setVerificationKey(key)
          .setExpectedIssuer(issuer.name())
          .setExpectedAudience(issuer.audience().toArray(String[]::new))
          .setRequireExpirationTime()
          .setRequireSubject()
          .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
          .setMaxFutureValidityInMinutes(LIFETIME_MINUTES_MAX)
          .build()
          .processToClaims(token);
    } catch (InvalidJwtException e) {
      throw new SignInRefused(reason(e));
    }
  }

  /** A token for several audiences could be handed on by any of them. */
  private static void requireOneAudience(JwtClaims claims) {
    try {
      if (claims.getAudience().size() != 1) {
        throw new SignInRefused(Reason.AUDIENCE);
      }
    } catch (MalformedClaimException e) {
      throw new SignInRefused(Reason.AUDIENCE);
    }
  }

  private static Reason reason(InvalidJwtException e) {
    if (e instanceof InvalidJwtSignatureException) {
      return Reason.SIGNATURE;
    }
    if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
      return Reason.AUDIENCE;
    }
    boolean time =
        e.hasExpired()
            || e.hasErrorCode(ErrorCodes.NOT_YET_VALID)
            || e.hasErrorCode(ErrorCodes.EXPIRATION_TOO_FAR_IN_FUTURE);
    return time ? Reason.TIME : Reason.UNREADABLE;
  }
}
