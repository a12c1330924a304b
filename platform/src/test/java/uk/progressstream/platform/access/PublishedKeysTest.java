package uk.progressstream.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private static final String TOKEN =
      Base64.getUrlEncoder().encodeToString("{\"kid\":\"one\"}".getBytes(StandardCharsets.UTF_8))
          + ".e30.x";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.closeAndAwait();
  }

  @Test
  @DisplayName("A key counts as used once a token of it was verified, and by no refusal before")
  void aRefusalIsNoUse() {
    AtomicBoolean genuine = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    PublishedKeys keys =
        new PublishedKeys(
            new Source(vertx),
            credential -> {
              asked.incrementAndGet();
              return genuine.get()
                  ? Uni.createFrom()
                      .item(QuarkusSecurityIdentity.builder().setPrincipal(() -> "one").build())
                  : Uni.createFrom().failure(new AuthenticationFailedException());
            },
            Duration.ofMinutes(1),
            () -> 0);

    keys.admit(TOKEN).await().indefinitely();
    assertThat(keys.isKnown(TOKEN)).isFalse();
    genuine.set(true);
    keys.admit(TOKEN).await().indefinitely();

    assertThat(keys.isKnown(TOKEN)).isTrue();
    assertThat(asked).hasValue(2);
  }

  /** Publishes one key. */
  private static final class Source extends KeySource {
    Source(Vertx vertx) {
      super(
          vertx,
          (TlsConfigurationRegistry)
              Proxy.newProxyInstance(
                  Source.class.getClassLoader(),
                  new Class<?>[] {TlsConfigurationRegistry.class},
                  (proxy, method, arguments) -> {
                    throw new IllegalStateException("asks nobody");
                  }),
          "",
          "");
    }

    @Override
    Uni<Set<String>> ids() {
      return Uni.createFrom().item(Set.of("one"));
    }
  }
}
