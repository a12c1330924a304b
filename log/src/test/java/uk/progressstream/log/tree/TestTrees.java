package uk.progressstream.log.tree;

import java.util.List;

/** Trees of any size over the same leaves, each a beginning of the next. */
public final class TestTrees {
  private static final int LEAVES_MAX = 1_100;
  private static final Tree TREE = StoredTree.ofSize(LEAVES_MAX).tree();

  private TestTrees() {}

  /** The root of one of them, up to 1,100 leaves. */
  public static Hash root(long size) {
    return TREE.root(size);
  }

  /** The proof that one continues the other. */
  public static List<Hash> consistency(long oldSize, long size) {
    return oldSize == 0 ? List.of() : TREE.consistency(oldSize, size);
  }
}
