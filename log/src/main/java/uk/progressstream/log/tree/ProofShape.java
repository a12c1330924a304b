package uk.progressstream.log.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which leaves each hash of a proof stands for (RFC 6962, sections 2.1.1 and 2.1.2). */
public final class ProofShape {
  private ProofShape() {}

  /**
   * The siblings from a leaf up to the root's child.
   *
   * @param index of the leaf, below the size
   * @param size of the tree
   */
  public static List<LeafRange> inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("the leaf is not in the tree");
    }
    List<LeafRange> downwards = new ArrayList<>();
    LeafRange at = new LeafRange(0, size);
    while (at.to() - at.from() > 1) {
      long split = at.split();
      LeafRange left = new LeafRange(at.from(), split);
      LeafRange right = new LeafRange(split, at.to());
      downwards.add(index < split ? right : left);
      at = index < split ? left : right;
    }
    return reversed(downwards);
  }

  /**
   * What shows that a tree begins with the leaves of an earlier one.
   *
   * @param oldSize at least 1, at most the size
   * @param size of the later tree
   */
  public static List<LeafRange> consistency(long oldSize, long size) {
    if (oldSize < 1 || oldSize > size) {
      throw new IllegalArgumentException("the earlier tree has a leaf and is not larger");
    }
    List<LeafRange> downwards = new ArrayList<>();
    LeafRange at = new LeafRange(0, size);
    while (at.to() != oldSize) {
      long split = at.split();
      LeafRange left = new LeafRange(at.from(), split);
      LeafRange right = new LeafRange(split, at.to());
      downwards.add(oldSize <= split ? right : left);
      at = oldSize <= split ? left : right;
    }
    if (at.from() != 0) {
      // The earlier tree is no subtree of the later one, so its last piece has to be shown too.
      downwards.add(at);
    }
    return reversed(downwards);
  }

  private static List<LeafRange> reversed(List<LeafRange> downwards) {
    List<LeafRange> upwards = new ArrayList<>(downwards);
    Collections.reverse(upwards);
    return upwards;
  }
}
