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
 * The keys of one issuer. They are fetched anew after an hour, and where that fails those known
 * last are relied on for a day at most: a withdrawn one as well, for as long as nobody says so. A
 * key id that is not among them has them fetched anew at once, since an issuer may rotate at any
 * time, but at most once in ten seconds, since anybody can make up a key id; and an issuer that did
 * not answer is left alone for a second. Whoever needs them meanwhile shares one question to it.
 */
final class IssuerKeys {
  static final Duration KEPT_FOR = Duration.ofHours(1);

  /** Longer than an issuer is away as a rule; a key that leaks while it is counts no longer. */
  static final Duration RELIED_ON_FOR = Duration.ofHours(24);

  static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);
  static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Supplier<Uni<List<JsonWebKey>>> source;
  private final Clock clock;
  private final SharedQuestion<Fetched> question;
  private volatile @Nullable Fetched latest;
  private volatile @Nullable Instant failedAt;

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
   *     the keys had to be fetched or that was tried just before
   */
  Uni<Optional<JsonWebKey>> find(String keyId) {
    Fetched known = latest;
    if (known != null && known.isFresh(KEPT_FOR, clock)) {
      Optional<JsonWebKey> key = known.find(keyId);
      if (key.isPresent() || known.isFresh(BETWEEN_FETCHES, clock)) {
        return Uni.createFrom().item(key);
      }
    }
    Optional<JsonWebKey> last =
        known != null && known.isFresh(RELIED_ON_FOR, clock) ? known.find(keyId) : Optional.empty();
    Uni<Optional<JsonWebKey>> anew = fetch().map(fetched -> fetched.find(keyId));
    if (last.isEmpty()) {
      return anew;
    }
    // Not each sign-in waits for an issuer that has just been found away.
    return within(BETWEEN_FETCHES, failedAt)
        ? Uni.createFrom().item(last)
        : anew.onFailure().recoverWithItem(last);
  }

  private Uni<Fetched> fetch() {
    if (within(AFTER_A_FAILURE, failedAt)) {
      return Uni.createFrom().failure(Problem.unavailable(RETRY_AFTER_SECONDS));
    }
    return question
        .ask(
            () ->
                source
                    .get()
                    .map(keys -> new Fetched(keys, clock.instant()))
                    .invoke(fetched -> latest = fetched))
        .onFailure()
        .invoke(failure -> failedAt = clock.instant())
        .onFailure(TimeoutException.class)
        .transform(e -> Problem.unavailable(RETRY_AFTER_SECONDS));
  }

  private boolean within(Duration howLong, @Nullable Instant since) {
    return since != null && clock.instant().isBefore(since.plus(howLong));
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
