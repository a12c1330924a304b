package uk.progressstream.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
  @Test
  void thePublicHalfIsWorkedOut() throws GeneralSecurityException, JoseException {
    KeyPair pair = pair("secp256r1");

    SigningKey key = SigningKey.read(pair.getPrivate().getEncoded());

    PublicJsonWebKey published = PublicJsonWebKey.Factory.newPublicJwk(key.publicMembers());
    assertThat(((EllipticCurveJsonWebKey) published).getECPublicKey().getW())
        .isEqualTo(((java.security.interfaces.ECPublicKey) pair.getPublic()).getW());
    assertThat(published.getPrivateKey()).isNull();
    assertThat(key.publicMembers()).doesNotContainKey("d").containsEntry("kid", key.id());
    assertThat(key.toString()).doesNotContain("d=");
  }

  @Test
  void anotherCurveOrKindOfKeyIsRefused() throws GeneralSecurityException {
    byte[] p384 = pair("secp384r1").getPrivate().getEncoded();
    byte[] rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();

    assertThatThrownBy(() -> SigningKey.read(p384)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKey.read(rsa)).isInstanceOf(IllegalArgumentException.class);
  }

  private static KeyPair pair(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }
}
