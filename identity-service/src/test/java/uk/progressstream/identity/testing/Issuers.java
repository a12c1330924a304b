package uk.progressstream.identity.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import uk.progressstream.provisioning.testing.TestKit;

/** Signs ID tokens as the issuers of the test would, and as they never would. */
public final class Issuers {
  public static final String GOOGLE = "google";
  public static final String TENANT_A = "aaaaaaaa-0000-4000-8000-000000000001";
  public static final String TENANT_B = "bbbbbbbb-0000-4000-8000-000000000002";

  /** Has keys and a discovery document, but is not on the allow-list. */
  public static final String TENANT_STRANGE = "cccccccc-0000-4000-8000-000000000003";

  public static final String AUDIENCE = "progress-stream";

  /** The application id of our API at Entra. */
  public static final String API = "a9100000-0000-4000-8000-000000000003";

  /** Tenant A's issuer of tokens of version 1. */
  public static final String TENANT_A_FIRST = TENANT_A + "/v1";

  static final List<String> IDS =
      List.of(
          GOOGLE, TENANT_A_FIRST, TENANT_A + "/v2.0", TENANT_B + "/v2.0", TENANT_STRANGE + "/v2.0");

  private final Path directory;
  private final String base;

  private Issuers(Path directory, String base) {
    this.directory = directory;
    this.base = base;
  }

  public static Issuers current() {
    return new Issuers(
        TestKit.current().directory().resolve("issuers"),
        ConfigProvider.getConfig().getValue("ps.test.issuers", String.class));
  }

  static String fileOf(String issuer) {
    return issuer.replace('/', '-') + ".jwk";
  }

  /** The {@code iss} of an issuer. */
  public String nameOf(String issuer) {
    return issuer.equals(TENANT_A_FIRST)
        ? ConfigProvider.getConfig()
                .getValue("ps.identity.microsoft.first-version-issuer", String.class)
            + "/"
            + TENANT_A
            + "/"
        : base + "/" + issuer;
  }

  /** The key that an issuer signs with, private half included. */
  public PublicJsonWebKey keyOf(String issuer) {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(
          Files.readString(directory.resolve(fileOf(issuer))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Claims under an issuer's signature. */
  public String sign(JwtClaims claims, String issuer) {
    PublicJsonWebKey key = keyOf(issuer);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue("RS256");
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setKey(key.getPrivateKey());
    return serialised(signature, claims);
  }

  /** Claims under whatever signature a test has set up. */
  public static String serialised(JsonWebSignature signature, JwtClaims claims) {
    try {
      signature.setPayload(claims.toJson());
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
