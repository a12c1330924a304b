package uk.progressstream.log.tree;

import java.util.List;

/**
 * Checks proofs by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2, which are written
 * apart from those that make the proofs.
 */
public final class ProofCheck {
  private ProofCheck() {}

  /**
   * Whether a tree has a leaf.
   *
   * @param leaf hash of the leaf
   * @param index of the leaf
   * @param size of the tree
   * @param root of the tree
   * @param proof siblings from the leaf upwards
   */
  public static boolean inclusion(Hash leaf, long index, long size, Hash root, List<Hash> proof) {
    if (index < 0 || index >= size) {
      return false;
    }
    long leafPath = index;
    long lastPath = size - 1;
    Hash hash = leaf;
    for (Hash sibling : proof) {
      if (lastPath == 0) {
        return false;
      }
      if ((leafPath & 1) == 1 || leafPath == lastPath) {
        hash = Hash.ofNode(sibling, hash);
        while ((leafPath & 1) == 0 && leafPath != 0) {
          leafPath >>= 1;
          lastPath >>= 1;
        }
      } else {
        hash = Hash.ofNode(hash, sibling);
      }
      leafPath >>= 1;
      lastPath >>= 1;
    }
    return lastPath == 0 && hash.equals(root);
  }

  /**
   * Whether a tree begins with all the leaves of an earlier one.
   *
   * @param oldSize of the earlier tree; 0 is a prefix of everything and needs an empty proof
   */
  public static boolean consistency(
      long oldSize, Hash oldRoot, long size, Hash root, List<Hash> proof) {
    if (oldSize < 0 || oldSize > size) {
      return false;
    }
    if (oldSize == size) {
      return proof.isEmpty() && oldRoot.equals(root);
    }
    if (oldSize == 0) {
      return proof.isEmpty() && oldRoot.equals(Hash.EMPTY_TREE);
    }
    boolean oldIsSubtree = Long.bitCount(oldSize) == 1;
    if (!oldIsSubtree && proof.isEmpty()) {
      return false;
    }
    Hash first = oldIsSubtree ? oldRoot : proof.get(0);
    List<Hash> rest = oldIsSubtree ? proof : proof.subList(1, proof.size());
    return climb(oldSize, oldRoot, size, root, first, rest);
  }

  private static boolean climb(
      long oldSize, Hash oldRoot, long size, Hash root, Hash first, List<Hash> rest) {
    int shared = Long.numberOfTrailingZeros(oldSize);
    long oldPath = (oldSize - 1) >> shared;
    long lastPath = (size - 1) >> shared;
    Hash oldHash = first;
    Hash hash = first;
    for (Hash sibling : rest) {
      if (lastPath == 0) {
        return false;
      }
      if ((oldPath & 1) == 1 || oldPath == lastPath) {
        oldHash = Hash.ofNode(sibling, oldHash);
        hash = Hash.ofNode(sibling, hash);
        while ((oldPath & 1) == 0 && oldPath != 0) {
          oldPath >>= 1;
          lastPath >>= 1;
        }
      } else {
        hash = Hash.ofNode(hash, sibling);
      }
      oldPath >>= 1;
      lastPath >>= 1;
    }
    return lastPath == 0 && oldHash.equals(oldRoot) && hash.equals(root);
  }
}
