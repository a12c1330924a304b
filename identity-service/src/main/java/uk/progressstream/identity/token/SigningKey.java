package uk.progressstream.identity.token;

import com.google.crypto.tink.internal.EllipticCurvesUtil;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * A key that access tokens are signed with: EC P-256, for ES256.
 *
 * @param id its RFC 7638 thumbprint
 * @param privateKey what signs
 * @param publicMembers the public JWK
 */
record SigningKey(String id, ECPrivateKey privateKey, Map<String, Object> publicMembers) {

  /**
   * Reads a PKCS#8 key. Its public half is worked out anew, since PKCS#8 need not have it.
   *
   * @throws IllegalArgumentException if it is no EC P-256 key
   */
  static SigningKey read(byte[] pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      ECPrivateKey privateKey =
          (ECPrivateKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (!EllipticCurvesUtil.isSameEcParameterSpec(
          privateKey.getParams(), EllipticCurvesUtil.NIST_P256_PARAMS)) {
        throw new IllegalArgumentException("the signing key is not on curve P-256");
      }
      PublicKey publicKey =
          factory.generatePublic(
              new ECPublicKeySpec(
                  EllipticCurvesUtil.multiplyByGenerator(
                      privateKey.getS(), EllipticCurvesUtil.NIST_P256_PARAMS),
                  privateKey.getParams()));
      return of(privateKey, publicKey);
    } catch (GeneralSecurityException | JoseException | ClassCastException e) {
      throw new IllegalArgumentException("the signing key is not an EC key in PKCS#8", e);
    }
  }

  private static SigningKey of(ECPrivateKey privateKey, PublicKey publicKey) throws JoseException {
    PublicJsonWebKey jwk =
        new EllipticCurveJsonWebKey((java.security.interfaces.ECPublicKey) publicKey);
    String id = jwk.calculateBase64urlEncodedThumbprint("SHA-256");
    jwk.setKeyId(id);
    jwk.setUse("sig");
    jwk.setAlgorithm("ES256");
    return new SigningKey(
        id, privateKey, Map.copyOf(jwk.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)));
  }

  /** The id alone. */
  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
