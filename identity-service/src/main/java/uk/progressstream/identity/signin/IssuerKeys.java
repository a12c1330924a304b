package uk.progressstream.identity.signin;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.SharedQuestion;
import uk.progressstream.platform.problem.Problem;

/**
 * The keys of one issuer. They are kept for an hour; a key id that is not among them has them
 * fetched anew at once, since an issuer may rotate at any time, but at most once in ten seconds,
 * since anybody can make up a key id. Whoever needs them meanwhile shares one question to the
 * issuer.
 */
final class IssuerKeys {
  static final Duration KEPT_FOR = Duration.ofHours(1);
  static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Supplier<Uni<List<JsonWebKey>>> source;
  private final Clock clock;
  private final SharedQuestion<Fetched> question;
  private volatile @Nullable Fetched latest;

  IssuerKeys(Supplier<Uni<List<JsonWebKey>>> source, Clock clock) {
    this(source, clock, PATIENCE);
  }

  IssuerKeys(Supplier<Uni<List<JsonWebKey>>> source, Clock clock, Duration patience) {
    this.source = source;
    this.clock = clock;
    this.question = new SharedQuestion<>(patience);
  }

  /**
   * The key of an id; empty if the issuer has none such.
   *
   * @return fails with whatever the source fails with, or a 503 problem where it says nothing, if
   *     the keys had to be fetched
   */
  Uni<Optional<JsonWebKey>> find(String keyId) {
    Fetched known = latest;
    if (known != null && known.isFresh(KEPT_FOR, clock)) {
      Optional<JsonWebKey> key = known.find(keyId);
      if (key.isPresent() || known.isFresh(BETWEEN_FETCHES, clock)) {
        return Uni.createFrom().item(key);
      }
    }
    return fetch().map(fetched -> fetched.find(keyId));
  }

  private Uni<Fetched> fetch() {
    return question
        .ask(
            () ->
                source
                    .get()
                    .map(keys -> new Fetched(keys, clock.instant()))
                    .invoke(fetched -> latest = fetched))
        .onFailure(TimeoutException.class)
        .transform(e -> Problem.unavailable(RETRY_AFTER_SECONDS));
  }

  private record Fetched(List<JsonWebKey> keys, Instant at) {
    boolean isFresh(Duration howLong, Clock clock) {
      return clock.instant().isBefore(at.plus(howLong));
    }

    Optional<JsonWebKey> find(String keyId) {
      return keys.stream().filter(key -> keyId.equals(key.getKeyId())).findFirst();
    }
  }
}
