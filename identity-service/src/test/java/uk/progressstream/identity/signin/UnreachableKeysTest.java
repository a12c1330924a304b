package uk.progressstream.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.identity.setting.IdentitySettings;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D11")
class UnreachableKeysTest {
  private final Vertx vertx = Vertx.vertx();

  @TempDir Path directory;

  @AfterEach
  void close() {
    vertx.closeAndAwait();
  }

  @Test
  @DisplayName("Where an issuer's keys can't be had, nobody gets in: 503")
  void nobodyListens() throws IOException {
    String dead = "https://localhost:" + Ports.free();
    KeyEndpoints endpoints = new KeyEndpoints(vertx, settings());

    unavailable(() -> endpoints.keys(URI.create(dead + "/jwks")).await().indefinitely());
    unavailable(() -> endpoints.discoveredKeys(dead + "/tenant/v2.0").await().indefinitely());
  }

  @Test
  @DisplayName("Keys over plain HTTP are not fetched at all: 503")
  void plainHttp() throws IOException {
    KeyEndpoints endpoints = new KeyEndpoints(vertx, settings());

    unavailable(() -> endpoints.keys(URI.create("http://localhost/jwks")).await().indefinitely());
  }

  private static void unavailable(Runnable fetch) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(fetch::run)
        .satisfies(
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.retryAfterSeconds()).isPositive();
            });
  }

  private IdentitySettings settings() throws IOException {
    Path authority =
        Files.writeString(
            directory.resolve("ca.crt"), CertificateAuthority.create("test").certificatePem());
    return new Settings(authority);
  }

  /** Only what fetching keys needs. */
  private record Settings(Path issuersCa) implements IdentitySettings {
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
    public Google google() {
      throw new IllegalStateException();
    }

    @Override
    public Microsoft microsoft() {
      throw new IllegalStateException();
    }
  }
}
