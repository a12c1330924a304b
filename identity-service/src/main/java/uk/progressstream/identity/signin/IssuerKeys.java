package uk.progressstream.identity.signin;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer. They are kept for an hour; a key id that is not among them has them
 * fetched anew at once, since an issuer may rotate at any time, but at most once in ten seconds,
 * since anybody can make up a key id.
 */
final class IssuerKeys {
  static final Duration KEPT_FOR = Duration.ofHours(1);
  static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

  private final Supplier<Uni<List<JsonWebKey>>> source;
  private final Clock clock;
  private final AtomicReference<@Nullable Fetched> latest = new AtomicReference<>();
  private final AtomicReference<@Nullable Uni<Fetched>> underWay = new AtomicReference<>();

  IssuerKeys(Supplier<Uni<List<JsonWebKey>>> source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * The key of an id; empty if the issuer has none such.
   *
   * @return fails with whatever the source fails with, where the keys had to be fetched
   */
  Uni<Optional<JsonWebKey>> find(String keyId) {
    Fetched known = latest.get();
    if (known != null && known.isFresh(KEPT_FOR, clock)) {
      Optional<JsonWebKey> key = known.find(keyId);
      if (key.isPresent() || known.isFresh(BETWEEN_FETCHES, clock)) {
        return Uni.createFrom().item(key);
      }
    }
    return fetch().map(fetched -> fetched.find(keyId));
  }

  /** Those who ask while a fetch is under way share it. */
  private Uni<Fetched> fetch() {
    Uni<Fetched> mine =
        source
            .get()
            .map(keys -> new Fetched(keys, clock.instant()))
            .invoke(latest::set)
            .onTermination()
            .invoke(() -> underWay.set(null))
            .memoize()
            .indefinitely();
    Uni<Fetched> theirs = underWay.compareAndExchange(null, mine);
    return theirs == null ? mine : theirs;
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
