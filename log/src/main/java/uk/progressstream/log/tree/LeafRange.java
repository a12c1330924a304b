package uk.progressstream.log.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Leaves that hang under one node of some tree.
 *
 * @param from first leaf
 * @param to leaf after the last
 */
public record LeafRange(long from, long to) {

  /** Checks that there is a leaf in it. */
  public LeafRange {
    if (from < 0 || from >= to) {
      throw new IllegalArgumentException("no range of leaves");
    }
  }

  /**
   * The fewest complete subtrees that make it up, left to right, each smaller than the one before.
   */
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    long start = from;
    while (start < to) {
      int level = 63 - Long.numberOfLeadingZeros(to - start);
      nodes.add(new Node(level, start >> level));
      start += 1L << level;
    }
    return nodes;
  }

  /** Where RFC 6962 divides it: after the largest power of two that is smaller than its length. */
  long split() {
    return from + Long.highestOneBit(to - from - 1);
  }
}
