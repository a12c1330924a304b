package uk.progressstream.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.identity.setting.IdentitySettings;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.provisioning.proof.Proves;

/** RS256 alone is taken, by each of the two checks without the other's help. */
@Proves("D11")
class AlgorithmsTest {
  private static final String NAME = "https://issuer.example";
  private static final String AUDIENCE = "progress-stream";

  private final Vertx vertx = Vertx.vertx();
  private RsaJsonWebKey key;

  @TempDir Path directory;

  @BeforeEach
  void makeKey() throws JoseException {
    key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId("one");
  }

  @AfterEach
  void close() {
    vertx.closeAndAwait();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS256", "PS512"})
  @DisplayName("The verification refuses a genuine signature of another algorithm")
  void theVerification(String algorithm) throws JoseException {
    assertThat(verified("RS256").key().subject()).isEqualTo("s-1");

    assertThatExceptionOfType(SignInRefused.class).isThrownBy(() -> verified(algorithm));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS256", "PS512"})
  @DisplayName("A header with another algorithm is refused before the issuer is asked for its keys")
  void theHeader(String algorithm) throws JoseException, IOException {
    IdTokens tokens = ofUnreachableIssuer();
    String token = signed(algorithm);

    assertThatExceptionOfType(SignInRefused.class)
        .isThrownBy(() -> tokens.verify(token).await().indefinitely());
  }

  @Test
  @DisplayName("With RS256 the issuer is asked: that it does not answer is noticed")
  void theIssuerIsAsked() throws JoseException, IOException {
    IdTokens tokens = ofUnreachableIssuer();
    String token = signed("RS256");

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> tokens.verify(token).await().indefinitely());
  }

  private Visitor verified(String algorithm) throws JoseException {
    TrustedIssuer issuer =
        new TrustedIssuer(
            NAME,
            Set.of(AUDIENCE),
            new IssuerKeys(() -> Uni.createFrom().item(List.of(key)), Clock.systemUTC()),
            claims -> GoogleClaims.visitor(claims, NAME));
    return IdTokens.verify(signed(algorithm), issuer, Optional.of(key));
  }

  private String signed(String algorithm) throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(NAME);
    claims.setAudience(AUDIENCE);
    claims.setSubject("s-1");
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(30);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setKey(key.getPrivateKey());
    signature.setPayload(claims.toJson());
    return signature.getCompactSerialization();
  }

  private IdTokens ofUnreachableIssuer() throws IOException {
    Path authority =
        Files.writeString(
            directory.resolve("ca.crt"), CertificateAuthority.create("test").certificatePem());
    Settings settings = new Settings(authority, new Unreachable(closedPort()));
    return new IdTokens(new TrustedIssuers(settings, new KeyEndpoints(vertx, settings)));
  }

  private static URI closedPort() {
    return URI.create("https://localhost:" + Ports.free() + "/jwks");
  }

  private record Unreachable(URI jwks) implements IdentitySettings.Google {
    @Override
    public String issuer() {
      return NAME;
    }

    @Override
    public Set<String> audience() {
      return Set.of(AUDIENCE);
    }
  }

  private static final class NoTenants implements IdentitySettings.Microsoft {
    @Override
    public URI authority() {
      return URI.create("https://login.example");
    }

    @Override
    public URI firstVersionIssuer() {
      return URI.create("https://sts.example");
    }

    @Override
    public Set<String> tenants() {
      return Set.of();
    }

    @Override
    public Set<String> audience() {
      return Set.of(AUDIENCE);
    }
  }

  /** Only what the issuers need. */
  private record Settings(Path issuersCa, IdentitySettings.Google google)
      implements IdentitySettings {
    @Override
    public Path sealKeys() {
      throw new IllegalStateException();
    }

    @Override
    public Path signingKey() {
      throw new IllegalStateException();
    }

    @Override
    public Path staff() {
      throw new IllegalStateException();
    }

    @Override
    public IdentitySettings.Microsoft microsoft() {
      return new NoTenants();
    }
  }
}
