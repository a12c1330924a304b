package uk.progressstream.platform.keys;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.SealedScope;

/**
 * The data keys of the schools in a caller's scope. A key is made when a caller who may write first
 * needs it. An unwrapped key is held for seconds only, so that a school whose key-encryption key is
 * destroyed becomes unreadable within them.
 */
public final class SchoolKeys {
  private static final Logger LOG = Logger.getLogger(SchoolKeys.class);
  private static final int RETRY_AFTER_SECONDS = 60;

  private final DataKeyStore store;
  private final KeyWrapper wrapper;
  private final ExpiringCache<KeyName, SchoolKey> cache;
  private final Vertx vertx;

  SchoolKeys(
      DataKeyStore store,
      KeyWrapper wrapper,
      ExpiringCache<KeyName, SchoolKey> cache,
      Vertx vertx) {
    this.store = store;
    this.wrapper = wrapper;
    this.cache = cache;
    this.vertx = vertx;
  }

  /**
   * The keys as configured, kept in the table {@code data_key} of the service's database.
   *
   * @throws IllegalArgumentException for a provider that does not exist
   * @throws IOException if the folder of the local keys can be neither opened nor made
   */
  public static SchoolKeys open(KeySettings settings, ScopedDatabase database, Vertx vertx)
      throws IOException, GeneralSecurityException {
    if (!settings.provider().equals("local")) {
      throw new IllegalArgumentException("ps.keys.provider: only 'local' is there");
    }
    KeyWrapper wrapper =
        new KeyWrapper(new LocalKmsClient(settings.directory()), LocalKmsClient.PREFIX);
    ExpiringCache<KeyName, SchoolKey> cache =
        new ExpiringCache<>(settings.cacheLifetime(), settings.cacheEntriesMax(), System::nanoTime);
    return new SchoolKeys(new DataKeyTable(database), wrapper, cache, vertx);
  }

  /**
   * What seals and opens fields of the school.
   *
   * @throws Problem 404 (as failure) for a school outside the scope
   * @throws Problem 503 (as failure) if the school's key is gone or gives no answer
   */
  public Uni<FieldCipher> cipher(SealedScope scope, UUID school, KeyPurpose purpose) {
    return key(scope, new KeyName(school, purpose)).map(FieldCipher.class::cast);
  }

  /** What hashes values of the school; fails as {@link #cipher} does. */
  public Uni<KeyedHash> hash(SealedScope scope, UUID school, KeyPurpose purpose) {
    return key(scope, new KeyName(school, purpose)).map(KeyedHash.class::cast);
  }

  private Uni<SchoolKey> key(SealedScope scope, KeyName name) {
    if (!scope.scope().anySchools().contains(name.school())) {
      return Uni.createFrom().failure(Problem.forbidden());
    }
    Optional<SchoolKey> cached = cache.get(name);
    if (cached.isPresent()) {
      return Uni.createFrom().item(cached.get());
    }
    return store
        .find(scope, name)
        .chain(found -> unwrapped(scope, name, found))
        .onFailure(KeyUnavailableException.class)
        .transform(e -> unavailable(name, e));
  }

  private Uni<SchoolKey> unwrapped(SealedScope scope, KeyName name, Optional<byte[]> found) {
    Uni<byte[]> wrapped =
        found.isPresent() ? Uni.createFrom().item(found.get()) : made(scope, name);
    return wrapped.chain(bytes -> vertx.executeBlocking(() -> unwrap(name, bytes)));
  }

  private Uni<byte[]> made(SealedScope scope, KeyName name) {
    return vertx
        .executeBlocking(() -> wrapper.wrapNew(name))
        .chain(fresh -> store.insertOnce(scope, name, fresh));
  }

  private static Problem unavailable(KeyName name, Throwable failure) {
    LOG.warnf(
        "no data key for %s of school %s: %s",
        name.purpose().name(), name.school(), failure.getMessage());
    return Problem.unavailable(RETRY_AFTER_SECONDS);
  }

  private SchoolKey unwrap(KeyName name, byte[] wrapped) {
    long bornNanos = cache.nowNanos();
    SchoolKey key = wrapper.unwrap(name, wrapped);
    cache.put(name, key, bornNanos);
    return key;
  }
}
