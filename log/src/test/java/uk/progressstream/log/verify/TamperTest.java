package uk.progressstream.log.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.provisioning.proof.Proves;

/**
 * A school has kept a checkpoint; somebody with full access to the log's storage changes the past.
 */
@Proves("D14")
class TamperTest {
  private static final int SIZE = 600;
  private final MemoryLog log = MemoryLog.ofSize(SIZE);
  private final VerifierKey key = MemoryLog.SIGNER.verifierKey();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255, 256, 257, 511, 512, 1000})
  @DisplayName("an honest log of any size verifies")
  void anHonestLogVerifies(int size) throws Exception {
    MemoryLog honest = MemoryLog.ofSize(size);
    List<String> earlier = List.of(honest.checkpoint(0), honest.checkpoint(size / 2));

    assertThat(new Verifier(key, honest).wholeTree(honest.checkpoint(), earlier).size())
        .isEqualTo(size);
  }

  @Test
  @DisplayName("a record is changed in storage: detected")
  void aChangedRecord() {
    log.replaceEntry(300, new byte[32]);
    assertDetected(log, log.checkpoint(), "not made of the entries");
  }

  @Test
  @DisplayName("a record is changed and the whole tree recomputed and signed anew: detected")
  void aChangedRecordUnderANewSignature() {
    MemoryLog forged = log.rewrittenFrom(300, Collections.nCopies(SIZE - 300, "{}"));
    assertDetectedBy(log.checkpoint(400), forged, "rewritten");
  }

  @Test
  @DisplayName("another tree, whole in itself, is served under the signed checkpoint: detected")
  void anotherTreeUnderTheSignature() {
    MemoryLog other = MemoryLog.ofSize(SIZE);
    assertDetected(other, log.checkpoint(), "do not give the root");
  }

  @Test
  @DisplayName("a record is dropped and everything signed anew: detected")
  void aDroppedRecord() {
    List<Integer> order = order();
    order.remove(300);
    assertDetectedBy(log.checkpoint(400), log.withLeaves(order), "rewritten");
  }

  @Test
  @DisplayName("two records are swapped and everything signed anew: detected")
  void swappedRecords() {
    List<Integer> order = order();
    Collections.swap(order, 10, 300);
    assertDetectedBy(log.checkpoint(400), log.withLeaves(order), "rewritten");
  }

  @Test
  @DisplayName("a record is inserted and everything signed anew: detected")
  void anInsertedRecord() {
    List<Integer> order = order();
    order.add(300, 5);
    assertDetectedBy(log.checkpoint(400), log.withLeaves(order), "rewritten");
  }

  @Test
  @DisplayName("the log is set back to an older state: detected")
  void aLogSetBack() {
    assertDetectedBy(log.checkpoint(), log.withLeaves(order().subList(0, 500)), "set back");
  }

  @Test
  @DisplayName("two trees of one size were signed: detected")
  void aFork() {
    MemoryLog other = log.rewrittenFrom(599, List.of("{}"));
    assertDetectedBy(log.checkpoint(), other, "rewritten");
    assertThatThrownBy(
            () ->
                new Verifier(key, log)
                    .wholeTree(log.checkpoint(), List.of(log.checkpoint(), other.checkpoint())))
        .isInstanceOf(NotVerifiedException.class)
        .hasMessageContaining("forked");
  }

  @Test
  @DisplayName("a bit is flipped in each file of the log in turn: detected each time")
  void aBitFlipInEveryFile() {
    for (Map.Entry<String, byte[]> file : Map.copyOf(log.files).entrySet()) {
      for (int at : new int[] {0, file.getValue().length / 2, file.getValue().length - 1}) {
        byte[] changed = file.getValue().clone();
        changed[at] ^= 0x10;
        log.files.put(file.getKey(), changed);
        assertDetected(log, log.checkpoint(), "");
      }
      log.files.put(file.getKey(), file.getValue());
    }
    assertThatCode(() -> new Verifier(key, log).wholeTree(log.checkpoint()))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("a bundle or a tile is cut short or grows: detected")
  void aFileOfAnotherLength() {
    for (Map.Entry<String, byte[]> file : Map.copyOf(log.files).entrySet()) {
      for (int change : new int[] {-34, -32, -1, 1, 34}) {
        log.files.put(
            file.getKey(),
            Arrays.copyOf(file.getValue(), Math.max(0, file.getValue().length + change)));
        assertDetected(log, log.checkpoint(), "");
      }
      log.files.put(file.getKey(), file.getValue());
    }
  }

  @Test
  @DisplayName("another key signed the checkpoint: detected")
  void aWrongKey() {
    byte[] seed = new byte[NoteSigner.SEED_BYTES];
    seed[0] = 1;
    VerifierKey other = NoteSigner.of("log.example/audit", seed).verifierKey();
    assertThatThrownBy(() -> new Verifier(other, log).wholeTree(log.checkpoint()))
        .isInstanceOf(NotVerifiedException.class)
        .hasMessageContaining("no signature by the log's key");
  }

  private void assertDetected(MemoryLog spoilt, String checkpoint, String message) {
    assertThatThrownBy(() -> new Verifier(key, spoilt).wholeTree(checkpoint))
        .isInstanceOf(NotVerifiedException.class)
        .hasMessageContaining(message);
  }

  private void assertDetectedBy(String keptCheckpoint, MemoryLog forged, String message) {
    assertThatThrownBy(
            () -> new Verifier(key, forged).wholeTree(forged.checkpoint(), List.of(keptCheckpoint)))
        .isInstanceOf(NotVerifiedException.class)
        .hasMessageContaining(message);
    // Without what the school kept, the forgery is a log like any other: that is why schools keep
    // it.
    assertThatCode(() -> new Verifier(key, forged).wholeTree(forged.checkpoint()))
        .doesNotThrowAnyException();
    assertThat(forged.files).isNotEmpty();
  }

  private static List<Integer> order() {
    return IntStream.range(0, SIZE).boxed().collect(Collectors.toCollection(ArrayList::new));
  }
}
