package uk.progressstream.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private static final String TOKEN = token("one");
  private static final String MADE_UP = token("two");

  private static String token(String keyId) {
    byte[] header = "{\"kid\":\"%s\"}".formatted(keyId).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().encodeToString(header) + ".e30.x";
  }

  @Test
  @DisplayName("A key counts as used once a token of it was verified, and by no refusal before")
  void aRefusalIsNoUse() {
    AtomicBoolean genuine = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    PublishedKeys keys =
        new PublishedKeys(
            oneKey(new AtomicInteger()),
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

  @Test
  @DisplayName("A made-up key id asks identity nothing until a second after the last question")
  void madeUp() {
    AtomicInteger questions = new AtomicInteger();
    AtomicLong clock = new AtomicLong();
    PublishedKeys keys =
        new PublishedKeys(
            oneKey(questions),
            credential -> Uni.createFrom().failure(new AuthenticationFailedException()),
            Duration.ofHours(1),
            clock::get);
    keys.admit(TOKEN).await().indefinitely();
    assertThat(questions).hasValue(1);

    CompletableFuture<Void> soon = keys.admit(MADE_UP).subscribeAsCompletionStage();
    assertThat(questions).hasValue(1);
    assertThatThrownBy(soon::join).hasCauseInstanceOf(AuthenticationFailedException.class);
    assertThat(questions).hasValue(2);

    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    CompletableFuture<Void> later = keys.admit(MADE_UP).subscribeAsCompletionStage();
    assertThat(questions).hasValue(3);
    assertThatThrownBy(later::join).hasCauseInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  @DisplayName("Identity that answers nothing is asked once a second as well")
  void away() {
    AtomicInteger questions = new AtomicInteger();
    PublishedKeys keys =
        new PublishedKeys(
            () -> {
              questions.incrementAndGet();
              return Uni.createFrom().failure(new IllegalStateException("away"));
            },
            credential -> Uni.createFrom().failure(new AuthenticationFailedException()),
            Duration.ofHours(1),
            () -> 0);

    assertThatThrownBy(() -> keys.admit(TOKEN).await().indefinitely())
        .isInstanceOf(IllegalStateException.class);
    CompletableFuture<Void> soon = keys.admit(MADE_UP).subscribeAsCompletionStage();
    assertThat(questions).hasValue(1);
    assertThatThrownBy(soon::join).hasCauseInstanceOf(IllegalStateException.class);
    assertThat(questions).hasValue(2);
  }

  /** Publishes one key. */
  private static Supplier<Uni<Set<String>>> oneKey(AtomicInteger questions) {
    return () -> {
      questions.incrementAndGet();
      return Uni.createFrom().item(Set.of("one"));
    };
  }
}
