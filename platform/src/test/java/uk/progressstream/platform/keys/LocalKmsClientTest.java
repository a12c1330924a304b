package uk.progressstream.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalKmsClientTest {
  private static final byte[] NOTHING = {};

  @TempDir Path parent;

  private final UUID school = UUID.randomUUID();

  @Test
  void makesOneFileForItsOwnerAloneOnFirstUse() throws Exception {
    byte[] wrapped = kek().encrypt(bytes("data key"), NOTHING);

    assertThat(kek().decrypt(wrapped, NOTHING)).isEqualTo(bytes("data key"));
    assertThat(names()).containsExactly(school + ".json");
    assertThat(mode(file())).isEqualTo("rw-------");
    assertThat(mode(folder())).isEqualTo("rwx------");
  }

  @Test
  @DisplayName("a destroyed key opens nothing, and asking for it does not make a new one")
  void destroyedKeyStaysDestroyed() throws Exception {
    byte[] wrapped = kek().encrypt(bytes("data key"), NOTHING);
    Files.delete(file());

    assertThatThrownBy(() -> kek().decrypt(wrapped, NOTHING))
        .isInstanceOf(GeneralSecurityException.class);
    assertThat(names()).isEmpty();
  }

  @Test
  @DisplayName("a key made after the destruction of the first does not open what the first wrapped")
  void newKeyDoesNotOpenOldData() throws Exception {
    byte[] wrapped = kek().encrypt(bytes("data key"), NOTHING);
    Files.delete(file());
    kek().encrypt(bytes("another"), NOTHING);

    assertThatThrownBy(() -> kek().decrypt(wrapped, NOTHING))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  @DisplayName("a key file that others can reach is refused")
  void openFileIsRefused(String mode) throws Exception {
    byte[] wrapped = kek().encrypt(bytes("data key"), NOTHING);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> kek().decrypt(wrapped, NOTHING))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local-kms://../x", "local-kms://", "gcp-kms://a", "file:///etc/passwd"})
  @DisplayName("an address names a school's key and never another file")
  void foreignAddressIsRefused(String address) throws Exception {
    LocalKmsClient client = new LocalKmsClient(folder());

    assertThatThrownBy(() -> client.getAead(address)).isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void manyFirstUsesInOneProcessAgreeOnOneKey() throws Exception {
    List<byte[]> wrapped = atOnce(8, () -> kek().encrypt(bytes("data key"), NOTHING));

    for (byte[] each : wrapped) {
      assertThat(kek().decrypt(each, NOTHING)).isEqualTo(bytes("data key"));
    }
    assertThat(names()).containsExactly(school + ".json");
  }

  @Test
  @DisplayName("two processes that first use a hundred schools' keys at once agree on every key")
  void twoProcessesAgreeOnEveryKey() throws Exception {
    List<UUID> schools = IntStream.range(0, 100).mapToObj(i -> new UUID(4, i)).toList();

    Process one = FirstUses.start(folder(), schools, parent.resolve("one"));
    Process other = FirstUses.start(folder(), schools, parent.resolve("other"));

    assertThat(one.waitFor()).isZero();
    assertThat(other.waitFor()).isZero();
    for (UUID each : schools) {
      Aead kek = new LocalKmsClient(folder()).getAead(LocalKmsClient.PREFIX + each);
      for (String process : List.of("one", "other")) {
        byte[] wrapped = Files.readAllBytes(parent.resolve(process).resolve(each.toString()));
        assertThat(kek.decrypt(wrapped, NOTHING)).isEqualTo(bytes(each.toString()));
      }
    }
  }

  @Test
  void neverPrintsAKey() throws Exception {
    kek().encrypt(bytes("data key"), NOTHING);
    String secret = Files.readString(file()).replaceAll("(?s).*\"value\":\\s*\"([^\"]+)\".*", "$1");

    assertThat(kek().toString()).contains(school.toString()).doesNotContain(secret);
  }

  private Aead kek() throws IOException, GeneralSecurityException {
    return new LocalKmsClient(folder()).getAead(LocalKmsClient.PREFIX + school);
  }

  private Path folder() {
    return parent.resolve("keys");
  }

  private Path file() {
    return folder().resolve(school + ".json");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> running =
          IntStream.range(0, threads).mapToObj(i -> pool.submit(work)).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
