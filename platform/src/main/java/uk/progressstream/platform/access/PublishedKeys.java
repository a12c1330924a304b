package uk.progressstream.platform.access;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.peer.PeerConfig;

/**
 * Which keys identity signs with now. A token that names another one is refused before anybody
 * verifies it: whoever verifies would ask identity for that key with each such token, and keep a
 * key that was withdrawn. So a made-up key id, a withdrawn one, and many who need the same new key
 * cost identity one question at a time.
 */
@ApplicationScoped
public class PublishedKeys {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** Made-up key ids cost identity no more than one question each, answered or not. */
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

  private final Supplier<Uni<Set<String>>> source;
  private final TenantIdentityProvider verifier;
  private final long keptNanos;
  private final LongSupplier clockNanos;
  private final SharedQuestion<Known> question = new SharedQuestion<>(PATIENCE);
  private final Map<String, SharedQuestion<Boolean>> firstUses = new ConcurrentHashMap<>();
  private final Set<String> used = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Known latest;
  private volatile @Nullable Long askedAtNanos;

  @Inject
  PublishedKeys(KeySource source, TenantIdentityProvider verifier, PeerConfig config) {
    this(source::ids, verifier, config.keysKept(), System::nanoTime);
  }

  PublishedKeys(
      Supplier<Uni<Set<String>>> source,
      TenantIdentityProvider verifier,
      Duration kept,
      LongSupplier clockNanos) {
    this.source = source;
    this.verifier = verifier;
    this.keptNanos = kept.toNanos();
    this.clockNanos = clockNanos;
  }

  /** Whether nothing has to be asked: the key that a token names is published and was used. */
  boolean isKnown(String token) {
    Known known = latest;
    return known != null
        && isFresh(known)
        && KeyId.of(token).filter(known.ids()::contains).filter(used::contains).isPresent();
  }

  /**
   * Completes where the key that a token names is published, so that its signature can be looked
   * at; fails with {@link AuthenticationFailedException} where it is not, and otherwise where
   * identity gives no answer.
   */
  Uni<Void> admit(String token) {
    if (isKnown(token)) {
      return Uni.createFrom().voidItem();
    }
    Optional<String> keyId = KeyId.of(token);
    return keyId.isEmpty()
        ? Uni.createFrom().failure(new AuthenticationFailedException())
        : published(keyId.get()).chain(() -> used(keyId.get(), token));
  }

  private Uni<Void> published(String keyId) {
    Known known = latest;
    return known != null && isFresh(known) && known.ids().contains(keyId)
        ? Uni.createFrom().voidItem()
        : question.ask(this::fetch).chain(now -> now.require(keyId));
  }

  private Uni<Known> fetch() {
    Long last = askedAtNanos;
    long waitNanos = last == null ? 0 : last + BETWEEN_QUESTIONS.toNanos() - clockNanos.getAsLong();
    Uni<Known> asked = Uni.createFrom().deferred(this::fetchNow);
    return waitNanos <= 0
        ? asked
        : Uni.createFrom()
            .voidItem()
            .onItem()
            .delayIt()
            .by(Duration.ofNanos(waitNanos))
            .chain(() -> asked);
  }

  private Uni<Known> fetchNow() {
    long before = clockNanos.getAsLong();
    askedAtNanos = before;
    return source.get().map(ids -> new Known(ids, before)).invoke(now -> latest = now);
  }

  /**
   * The first use of a key has the verifier fetch it; the others wait for that and have it. A
   * refusal can come before the verifier has fetched anything, and is no use.
   */
  private Uni<Void> used(String keyId, String token) {
    if (used.contains(keyId)) {
      return Uni.createFrom().voidItem();
    }
    return firstUses
        .computeIfAbsent(keyId, id -> new SharedQuestion<>(PATIENCE))
        .ask(() -> firstUse(keyId, token))
        .replaceWithVoid();
  }

  private Uni<Boolean> firstUse(String keyId, String token) {
    return verifier
        .authenticate(new AccessTokenCredential(token))
        .map(identity -> true)
        .invoke(verified -> used.add(keyId))
        .onFailure(AuthenticationFailedException.class)
        .recoverWithItem(false);
  }

  private boolean isFresh(Known known) {
    return clockNanos.getAsLong() - known.atNanos() < keptNanos;
  }

  private record Known(Set<String> ids, long atNanos) {
    Uni<Void> require(String keyId) {
      return ids.contains(keyId)
          ? Uni.createFrom().voidItem()
          : Uni.createFrom().failure(new AuthenticationFailedException());
    }
  }
}
