package uk.progressstream.log.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What lies above the leaves of a tree that is read from left to right, 256 leaves at a time: of
 * each level the tile that is not full yet. Not for several threads.
 */
public final class UpperRows {

  /** Is told the hashes of each tile that the leaves give. */
  @FunctionalInterface
  public interface TileSink {
    /** A tile, as wide as it is so far. */
    void tile(TileId tile, byte[] hashes);
  }

  private final RowHasher hasher;
  private final byte[][] rows = new byte[TileId.LEVEL_MAX + 1][TileId.FULL_WIDTH * Hash.BYTES];
  private final long[] counts = new long[TileId.LEVEL_MAX + 1];

  /** Those of a tree with no leaf. */
  public UpperRows(RowHasher hasher) {
    this.hasher = hasher;
  }

  /** How many leaves were appended. */
  public long size() {
    return counts[1] * TileId.FULL_WIDTH;
  }

  /**
   * Appends 256 leaves.
   *
   * @param subtree the hash over them
   * @param full is told the tiles that became full by it
   */
  public void append(Hash subtree, TileSink full) {
    append(1, subtree, full);
  }

  private void append(int level, Hash hash, TileSink full) {
    int at = width(level);
    System.arraycopy(hash.bytes(), 0, rows[level], at * Hash.BYTES, Hash.BYTES);
    counts[level]++;
    if (at + 1 == TileId.FULL_WIDTH) {
      full.tile(new TileId(level, counts[level] / TileId.FULL_WIDTH - 1), rows[level].clone());
      append(level + 1, hasher.combine(rows[level], 0, TileId.FULL_WIDTH), full);
    }
  }

  /** Tells the tiles that are not full. */
  public void rest(TileSink partial) {
    for (int level = 1; level <= TileId.LEVEL_MAX; level++) {
      if (width(level) > 0) {
        byte[] hashes = Arrays.copyOf(rows[level], width(level) * Hash.BYTES);
        partial.tile(new TileId(level, counts[level] / TileId.FULL_WIDTH), hashes);
      }
    }
  }

  /**
   * The root if more leaves followed.
   *
   * @param leaves hashes of leaves behind those that were appended
   * @param count how many of them count, 0 to 256
   */
  public Hash root(byte[] leaves, int count) {
    List<Hash> subtrees = new ArrayList<>();
    for (int level = TileId.LEVEL_MAX; level > 0; level--) {
      subtrees.addAll(hasher.subtrees(rows[level], width(level)));
    }
    subtrees.addAll(hasher.subtrees(leaves, count));
    return subtrees.isEmpty() ? Hash.EMPTY_TREE : Tree.fold(subtrees);
  }

  private int width(int level) {
    return (int) (counts[level] % TileId.FULL_WIDTH);
  }
}
