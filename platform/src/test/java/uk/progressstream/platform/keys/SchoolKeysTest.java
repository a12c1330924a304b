package uk.progressstream.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.progressstream.platform.keys.TestKeys.HASHED;
import static uk.progressstream.platform.keys.TestKeys.SEALED;

import io.vertx.mutiny.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.SealedScope;

class SchoolKeysTest {
  private static final Duration LIFETIME = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final UUID school = UUID.randomUUID();
  private final SealedScope scope = scopeOf(school);
  private final AtomicLong clockNanos = new AtomicLong();
  private final MemoryKeyStore store = new MemoryKeyStore();
  private final Vertx vertx = Vertx.vertx();
  private SchoolKeys keys;

  @BeforeEach
  void open() throws Exception {
    keys = another();
  }

  @AfterEach
  void close() {
    vertx.close().await().atMost(PATIENCE);
  }

  @Test
  void makesAKeyOnceAndHoldsItForItsLifetime() {
    byte[] first = hash(keys);
    byte[] second = hash(keys);
    clockNanos.addAndGet(LIFETIME.toNanos());
    byte[] third = hash(keys);
    assertThat(store.reads()).isEqualTo(1);

    clockNanos.addAndGet(LIFETIME.toNanos());

    assertThat(hash(keys)).isEqualTo(third).isEqualTo(second).isEqualTo(first);
    assertThat(store.reads()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "a school whose key file is destroyed can be read for the lifetime of a key, not longer")
  void aDestroyedKeyIsNoticedWithinTheLifetime() throws Exception {
    byte[] sealed = cipher(keys).seal("fields", school, new byte[] {1});
    Files.delete(folder.resolve(school + ".json"));
    clockNanos.addAndGet(LIFETIME.toNanos() - 1);
    cipher(keys).open("fields", school, sealed);

    clockNanos.addAndGet(1);

    assertThatThrownBy(() -> cipher(keys))
        .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.status()).isEqualTo(503));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void readersGetTheKeysThatAreThereAndMakeNone() throws Exception {
    assertThat(keys.ciphers(scope, Set.of(school), SEALED).await().atMost(PATIENCE)).isEmpty();
    assertThat(folder).isEmptyDirectory();
    byte[] sealed = cipher(keys).seal("fields", school, new byte[] {1});

    Map<UUID, FieldCipher> ciphers =
        another().ciphers(scope, Set.of(school), SEALED).await().atMost(PATIENCE);

    assertThat(ciphers)
        .hasEntrySatisfying(
            school, cipher -> assertThat(cipher.open("fields", school, sealed)).containsExactly(1));
  }

  @Test
  void firstUsesAtOnceAgreeOnOneKey() throws Exception {
    List<byte[]> hashes = LocalKmsClientTest.atOnce(8, () -> hash(another()));

    assertThat(hashes.stream().map(HexFormat.of()::formatHex).distinct()).hasSize(1);
  }

  @Test
  @DisplayName("a school outside the scope has no key to give, even when the key is in memory")
  void aForeignSchoolsKeyIsRefused() {
    hash(keys);

    assertThatThrownBy(
            () -> keys.hash(scopeOf(UUID.randomUUID()), school, HASHED).await().atMost(PATIENCE))
        .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.status()).isEqualTo(404));
  }

  private SchoolKeys another() throws Exception {
    return new SchoolKeys(
        store,
        TestKeys.wrapper(folder),
        new ExpiringCache<>(LIFETIME, 100, clockNanos::get),
        new ExpiringCache<>(LIFETIME.multipliedBy(2), 100, clockNanos::get),
        vertx);
  }

  private FieldCipher cipher(SchoolKeys from) {
    return from.cipher(scope, school, SEALED).await().atMost(PATIENCE);
  }

  private byte[] hash(SchoolKeys from) {
    return from.hash(scope, school, HASHED).await().atMost(PATIENCE).of("lookup", "x");
  }

  private static SealedScope scopeOf(UUID school) {
    Scope scope =
        new Scope(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Instant.ofEpochSecond(1),
            Optional.empty(),
            "teaching",
            Set.of(),
            ScopeKind.SCHOOL,
            Set.of(school),
            Set.of());
    return SealedScope.of(ScopeText.write(scope), "1.00");
  }
}
