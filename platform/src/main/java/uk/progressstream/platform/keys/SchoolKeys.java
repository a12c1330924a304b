package uk.progressstream.platform.keys;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.SealedScope;

/**
 * The data keys of the schools in a caller's scope. An unwrapped key is held for seconds only, so
 * that a school whose key-encryption key is destroyed becomes unreadable within them. The wrapped
 * keys are no secret and never change: they are held longer, so that a stream that holds one
 * connection to the database does not wait for a second one between its chunks.
 */
public final class SchoolKeys {
  private static final Logger LOG = Logger.getLogger(SchoolKeys.class);
  private static final Duration WRAPPED_LIFETIME = Duration.ofHours(1);
  private static final int RETRY_AFTER_SECONDS = 60;

  private final DataKeyStore store;
  private final KeyWrapper wrapper;
  private final ExpiringCache<KeyName, SchoolKey> keys;
  private final ExpiringCache<KeyName, byte[]> wrappedKeys;
  private final Vertx vertx;

  SchoolKeys(
      DataKeyStore store,
      KeyWrapper wrapper,
      ExpiringCache<KeyName, SchoolKey> keys,
      ExpiringCache<KeyName, byte[]> wrappedKeys,
      Vertx vertx) {
    this.store = store;
    this.wrapper = wrapper;
    this.keys = keys;
    this.wrappedKeys = wrappedKeys;
    this.vertx = vertx;
  }

  /**
   * The keys as configured, kept in the table {@code data_key} of the service's database. The log
   * hears of each that is made.
   *
   * @throws IllegalArgumentException for a provider that does not exist
   * @throws IOException if the folder of the local keys can be neither opened nor made
   */
  public static SchoolKeys open(
      KeySettings settings, ScopedDatabase database, Outbox outbox, Vertx vertx)
      throws IOException, GeneralSecurityException {
    if (!settings.provider().equals("local")) {
      throw new IllegalArgumentException("ps.keys.provider: only 'local' is there");
    }
    int entriesMax = settings.cacheEntriesMax();
    return new SchoolKeys(
        new DataKeyTable(database, outbox),
        new KeyWrapper(new LocalKmsClient(settings.directory()), LocalKmsClient.PREFIX),
        new ExpiringCache<>(settings.cacheLifetime(), entriesMax, System::nanoTime),
        new ExpiringCache<>(WRAPPED_LIFETIME, entriesMax, System::nanoTime),
        vertx);
  }

  /**
   * What seals and opens fields of the school. The key is made on first use, which the caller's
   * scope must allow.
   *
   * @throws Problem 404 (as failure) for a school outside the scope
   * @throws Problem 503 (as failure) if the school's key is gone or gives no answer
   */
  public Uni<FieldCipher> cipher(SealedScope scope, UUID school, KeyPurpose purpose) {
    return madeIfMissing(scope, new KeyName(school, purpose)).map(FieldCipher.class::cast);
  }

  /** What hashes values of the school; made and failing as {@link #cipher} says. */
  public Uni<KeyedHash> hash(SealedScope scope, UUID school, KeyPurpose purpose) {
    return madeIfMissing(scope, new KeyName(school, purpose)).map(KeyedHash.class::cast);
  }

  /**
   * For readers: what opens the fields of those schools that have sealed any; makes no key, and
   * fails as {@link #cipher} does.
   */
  public Uni<Map<UUID, FieldCipher>> ciphers(
      SealedScope scope, Set<UUID> schools, KeyPurpose purpose) {
    return Multi.createFrom()
        .iterable(schools)
        .onItem()
        .transformToUniAndConcatenate(school -> existing(scope, new KeyName(school, purpose)))
        .collect()
        .in(HashMap::new, SchoolKeys::putIfThere);
  }

  private static void putIfThere(Map<UUID, FieldCipher> ciphers, Optional<SchoolKey> key) {
    key.map(FieldCipher.class::cast).ifPresent(cipher -> ciphers.put(cipher.school(), cipher));
  }

  private Uni<SchoolKey> madeIfMissing(SealedScope scope, KeyName name) {
    return existing(scope, name)
        .chain(key -> key.map(Uni.createFrom()::item).orElseGet(() -> made(scope, name)));
  }

  private Uni<Optional<SchoolKey>> existing(SealedScope scope, KeyName name) {
    if (!scope.scope().anySchools().contains(name.school())) {
      return Uni.createFrom().failure(Problem.forbidden());
    }
    Optional<SchoolKey> held = keys.get(name);
    if (held.isPresent()) {
      return Uni.createFrom().item(held);
    }
    return wrapped(scope, name).chain(found -> unwrapped(name, found));
  }

  private Uni<Optional<byte[]>> wrapped(SealedScope scope, KeyName name) {
    Optional<byte[]> held = wrappedKeys.get(name);
    return held.isPresent()
        ? Uni.createFrom().item(held)
        : store.find(scope, name).invoke(found -> found.ifPresent(bytes -> hold(name, bytes)));
  }

  private Uni<SchoolKey> made(SealedScope scope, KeyName name) {
    return blocking(name, () -> wrapper.wrapNew(name))
        .chain(fresh -> store.insertOnce(scope, name, fresh))
        .invoke(wrapped -> hold(name, wrapped))
        .chain(wrapped -> blocking(name, () -> unwrap(name, wrapped)));
  }

  private Uni<Optional<SchoolKey>> unwrapped(KeyName name, Optional<byte[]> wrapped) {
    return blocking(name, () -> wrapped.map(bytes -> unwrap(name, bytes)));
  }

  /** Off the event loop: the key-encryption key can be a network away. */
  private <T> Uni<T> blocking(KeyName name, Callable<T> work) {
    return vertx
        .executeBlocking(work)
        .onFailure(KeyUnavailableException.class)
        .transform(e -> unavailable(name, e));
  }

  private SchoolKey unwrap(KeyName name, byte[] wrapped) {
    long bornNanos = keys.nowNanos();
    SchoolKey key = wrapper.unwrap(name, wrapped);
    keys.put(name, key, bornNanos);
    return key;
  }

  private void hold(KeyName name, byte[] wrapped) {
    wrappedKeys.put(name, wrapped, wrappedKeys.nowNanos());
  }

  private static Problem unavailable(KeyName name, Throwable failure) {
    LOG.warnf(
        "school %s, purpose %s: %s", name.school(), name.purpose().name(), failure.getMessage());
    return Problem.unavailable(RETRY_AFTER_SECONDS);
  }
}
