package uk.progressstream.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.problem.Problem;

class IssuerKeysTest {
  private final Hands clock = new Hands();
  private final AtomicInteger fetches = new AtomicInteger();
  private final List<JsonWebKey> published = new ArrayList<>();

  @Test
  void keysAreFetchedOnceAnHour() {
    published.add(key("one"));
    IssuerKeys keys = keys();

    assertThat(find(keys, "one")).isPresent();
    clock.forward(IssuerKeys.KEPT_FOR.minusSeconds(1));
    assertThat(find(keys, "one")).isPresent();
    assertThat(fetches).hasValue(1);
    clock.forward(Duration.ofSeconds(1));
    assertThat(find(keys, "one")).isPresent();
    assertThat(fetches).hasValue(2);
  }

  @Test
  @DisplayName("A key that the issuer has just begun to use is found at once")
  void rotation() {
    published.add(key("one"));
    IssuerKeys keys = keys();
    find(keys, "one");
    published.add(key("two"));
    clock.forward(IssuerKeys.BETWEEN_FETCHES);

    assertThat(find(keys, "two")).isPresent();
  }

  @Test
  @DisplayName("Made-up key ids do not make us fetch again and again")
  void madeUpKeyIds() {
    published.add(key("one"));
    IssuerKeys keys = keys();
    for (int i = 0; i < 100; i++) {
      assertThat(find(keys, "made-up-" + i)).isEmpty();
    }

    assertThat(fetches).hasValue(1);
  }

  @Test
  @DisplayName("Keys that have become old and can't be had anew let nobody in")
  void unreachable() {
    published.add(key("one"));
    IssuerKeys keys = keys();
    find(keys, "one");
    published.clear();
    clock.forward(IssuerKeys.RELIED_ON_FOR);

    assertThatThrownBy(() -> find(keys, "one")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName(
      "While an issuer is away its known keys are good for a day, no other is, and it is asked seldom")
  void away() {
    published.add(key("one"));
    IssuerKeys keys = keys();
    find(keys, "one");
    published.clear();
    clock.forward(IssuerKeys.RELIED_ON_FOR.minusMinutes(1));

    for (int i = 0; i < 10; i++) {
      assertThat(find(keys, "one")).isPresent();
    }
    assertThat(fetches).hasValue(2);
    assertThatThrownBy(() -> find(keys, "two")).isInstanceOf(Problem.class);
    assertThat(fetches).hasValue(2);

    published.add(key("two"));
    clock.forward(IssuerKeys.BETWEEN_FETCHES);
    assertThat(find(keys, "one")).as("withdrawn, and the issuer says so").isEmpty();
  }

  @Test
  @DisplayName("Many who ask at once share one fetch, and the next one after it fetches anew")
  void singleFlight() {
    List<UniEmitter<? super List<JsonWebKey>>> waiting = new ArrayList<>();
    IssuerKeys keys = new IssuerKeys(() -> Uni.createFrom().emitter(waiting::add), clock);
    List<Optional<JsonWebKey>> found = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      keys.find("one").subscribe().with(found::add);
    }
    assertThat(waiting).hasSize(1);
    waiting.get(0).complete(List.of(key("one")));
    assertThat(found).hasSize(10).allMatch(Optional::isPresent);

    clock.forward(IssuerKeys.KEPT_FOR);
    keys.find("one").subscribe().with(found::add);
    assertThat(waiting).hasSize(2);
  }

  @Test
  @DisplayName("Made-up key ids share one fetch and its failure; it is tried anew a second later")
  void sharedFailure() {
    List<UniEmitter<? super List<JsonWebKey>>> waiting = new ArrayList<>();
    IssuerKeys keys = new IssuerKeys(() -> Uni.createFrom().emitter(waiting::add), clock);
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      keys.find("made-up-" + i).subscribe().with(found -> {}, failures::add);
    }
    assertThat(waiting).hasSize(1);
    waiting.get(0).fail(new IllegalStateException("unreachable"));
    assertThat(failures).hasSize(100);

    keys.find("made-up").subscribe().with(found -> {}, failures::add);
    assertThat(waiting).hasSize(1);
    assertThat(failures).hasSize(101);
    clock.forward(IssuerKeys.AFTER_A_FAILURE);
    keys.find("made-up").subscribe().with(found -> {}, failures::add);
    assertThat(waiting).hasSize(2);
  }

  @Test
  @DisplayName("An issuer that never answers is a 503 for those who wait, and is asked anew")
  void hangs() {
    published.add(key("one"));
    AtomicInteger asked = new AtomicInteger();
    IssuerKeys keys =
        new IssuerKeys(
            () ->
                asked.incrementAndGet() == 1
                    ? Uni.createFrom().nothing()
                    : Uni.createFrom().item(List.copyOf(published)),
            clock,
            Duration.ofMillis(50));

    assertThatThrownBy(() -> find(keys, "one"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));
    clock.forward(IssuerKeys.AFTER_A_FAILURE);
    assertThat(find(keys, "one")).isPresent();
  }

  private IssuerKeys keys() {
    return new IssuerKeys(
        () ->
            Uni.createFrom()
                .item(
                    () -> {
                      fetches.incrementAndGet();
                      if (published.isEmpty()) {
                        throw new IllegalStateException("unreachable");
                      }
                      return List.copyOf(published);
                    }),
        clock);
  }

  private static Optional<JsonWebKey> find(IssuerKeys keys, String id) {
    return keys.find(id).await().indefinitely();
  }

  private static JsonWebKey key(String id) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(id);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
