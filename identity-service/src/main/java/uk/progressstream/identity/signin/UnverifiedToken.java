package uk.progressstream.identity.signin;

import java.util.List;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.signin.SignInRefused.Reason;

/**
 * What a token claims before anything is verified: good for choosing whose key to verify it with,
 * and for nothing else.
 *
 * @param issuer its {@code iss}
 * @param keyId its {@code kid}
 * @param algorithm its {@code alg}
 */
record UnverifiedToken(@Nullable String issuer, String keyId, @Nullable String algorithm) {
  private static final int LENGTH_MAX = 16_384;
  private static final JwtConsumer READER =
      new JwtConsumerBuilder()
          .setSkipAllValidators()
          .setDisableRequireSignature()
          .setSkipSignatureVerification()
          .build();

  /**
   * Reads it.
   *
   * @throws SignInRefused if it is no signed JWT with a key id
   */
  static UnverifiedToken read(String token) {
    if (token.length() > LENGTH_MAX) {
      throw new SignInRefused(Reason.UNREADABLE);
    }
    try {
      JwtContext context = READER.process(token);
      List<JsonWebStructure> layers = context.getJoseObjects();
      String keyId = layers.get(0).getKeyIdHeaderValue();
      if (layers.size() != 1 || keyId == null) {
        throw new SignInRefused(Reason.UNREADABLE);
      }
      return new UnverifiedToken(
          context.getJwtClaims().getIssuer(), keyId, layers.get(0).getAlgorithmHeaderValue());
    } catch (InvalidJwtException | MalformedClaimException e) {
      throw new SignInRefused(Reason.UNREADABLE);
    }
  }

  boolean isSignedWith(String name) {
    return name.equals(algorithm);
  }
}
