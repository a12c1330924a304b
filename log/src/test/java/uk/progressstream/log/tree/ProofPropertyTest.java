package uk.progressstream.log.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProofPropertyTest {
  private static final int EVERY_SIZE_TO = 70;
  private static final int LARGE = 66_500;
  private static final Tree TREE = StoredTree.ofSize(LARGE).tree();

  @Test
  @DisplayName("every leaf of every small tree is proved, and no proof fits another leaf or size")
  void everyLeafOfEverySize() {
    for (long size = 1; size <= EVERY_SIZE_TO; size++) {
      for (long index = 0; index < size; index++) {
        List<Hash> proof = TREE.inclusion(index, size);
        assertThat(included(index, size, proof)).isTrue();
        assertThat(included(index + 1, size, proof)).isFalse();
        assertThat(ProofCheck.inclusion(leaf(index), index, size + 1, TREE.root(size + 1), proof))
            .isFalse();
      }
    }
  }

  @Test
  @DisplayName("every pair of small trees is consistent, and no proof fits another pair")
  void everyPairOfSizes() {
    for (long size = 1; size <= EVERY_SIZE_TO; size++) {
      for (long old = 1; old <= size; old++) {
        List<Hash> proof = TREE.consistency(old, size);
        assertThat(consistent(old, size, proof)).isTrue();
        for (int i = 0; i < proof.size(); i++) {
          assertThat(consistent(old, size, flipped(proof, i, i))).isFalse();
        }
        Hash otherRoot = Hash.ofEntry(new byte[] {1});
        assertThat(ProofCheck.consistency(old, otherRoot, size, TREE.root(size), proof)).isFalse();
        assertThat(ProofCheck.consistency(old, TREE.root(old), size, otherRoot, proof)).isFalse();
      }
    }
  }

  @Property(tries = 300)
  void largeTreesProveTheirLeavesAndNothingElse(
      @ForAll @IntRange(min = 1, max = LARGE) int size,
      @ForAll @IntRange(max = LARGE) int anyIndex,
      @ForAll @IntRange(max = 1 << 20) int anyBit) {
    long index = anyIndex % size;
    List<Hash> proof = TREE.inclusion(index, size);
    assertThat(included(index, size, proof)).isTrue();
    assertThat(included(index, size, extended(proof))).isFalse();
    if (!proof.isEmpty()) {
      assertThat(included(index, size, flipped(proof, anyBit % proof.size(), anyBit))).isFalse();
      assertThat(included(index, size, proof.subList(1, proof.size()))).isFalse();
      assertThat(included(index, size, proof.subList(0, proof.size() - 1))).isFalse();
    }
  }

  @Property(tries = 300)
  void largeTreesAreConsistentWithEarlierOnes(
      @ForAll @IntRange(min = 1, max = LARGE) int size,
      @ForAll @IntRange(max = LARGE) int anyOld,
      @ForAll @IntRange(max = 1 << 20) int anyBit) {
    long old = 1 + anyOld % size;
    List<Hash> proof = TREE.consistency(old, size);
    assertThat(consistent(old, size, proof)).isTrue();
    assertThat(consistent(old, size, extended(proof))).isFalse();
    if (!proof.isEmpty()) {
      assertThat(consistent(old, size, flipped(proof, anyBit % proof.size(), anyBit))).isFalse();
      assertThat(consistent(old, size, proof.subList(0, proof.size() - 1))).isFalse();
    }
  }

  @Test
  void theEmptyTreeIsAPrefixOfEveryTree() {
    assertThat(ProofCheck.consistency(0, Hash.EMPTY_TREE, 9, TREE.root(9), List.of())).isTrue();
    assertThat(ProofCheck.consistency(0, TREE.root(1), 9, TREE.root(9), List.of())).isFalse();
    assertThat(ProofCheck.consistency(10, TREE.root(10), 9, TREE.root(9), List.of())).isFalse();
  }

  private static Hash leaf(long index) {
    return Hash.ofEntry(StoredTree.entry(index));
  }

  private static boolean included(long index, long size, List<Hash> proof) {
    Hash leaf = index < LARGE ? leaf(index) : leaf(0);
    return ProofCheck.inclusion(leaf, index, size, TREE.root(size), proof);
  }

  private static boolean consistent(long old, long size, List<Hash> proof) {
    return ProofCheck.consistency(old, TREE.root(old), size, TREE.root(size), proof);
  }

  private static List<Hash> flipped(List<Hash> proof, int at, int bit) {
    List<Hash> other = new ArrayList<>(proof);
    byte[] bytes = proof.get(at).bytes();
    bytes[(bit / 8) % Hash.BYTES] ^= (byte) (1 << (bit % 8));
    other.set(at, Hash.at(bytes, 0));
    return other;
  }

  private static List<Hash> extended(List<Hash> proof) {
    List<Hash> other = new ArrayList<>(proof);
    other.add(Hash.EMPTY_TREE);
    return other;
  }
}
