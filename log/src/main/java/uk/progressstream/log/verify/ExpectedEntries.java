package uk.progressstream.log.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.log.tree.RowHasher;

/** Entries that a log must have at certain leaves, since somebody holds the records behind them. */
final class ExpectedEntries {
  static final ExpectedEntries NONE = new ExpectedEntries(Map.of());

  private static final int LENGTH_BYTES = 2;

  private final long[] leaves;
  private final byte[][] entries;

  /** Entries by the index of their leaf. */
  ExpectedEntries(Map<Long, byte[]> byLeaf) {
    Map<Long, byte[]> sorted = new TreeMap<>(byLeaf);
    this.leaves = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
    this.entries = sorted.values().toArray(byte[][]::new);
  }

  /** Index of the last of them; -1 where there is none. */
  long last() {
    return leaves.length == 0 ? -1 : leaves[leaves.length - 1];
  }

  /**
   * Compares those that lie within a bundle.
   *
   * @param first index of the bundle's first leaf
   * @param bundle well-formed
   * @throws NotVerifiedException where another entry is there
   */
  void check(long first, byte[] bundle, int count) {
    int next = Arrays.binarySearch(leaves, first);
    next = next < 0 ? -next - 1 : next;
    int at = 0;
    for (int i = 0; i < count && next < leaves.length; i++) {
      int length = RowHasher.entryLength(bundle, at);
      if (leaves[next] == first + i) {
        int from = at + LENGTH_BYTES;
        if (!Arrays.equals(bundle, from, from + length, entries[next], 0, entries[next].length)) {
          throw new NotVerifiedException(
              "a record is not what the log committed to: leaf " + leaves[next]);
        }
        next++;
      }
      at += LENGTH_BYTES + length;
    }
  }
}
