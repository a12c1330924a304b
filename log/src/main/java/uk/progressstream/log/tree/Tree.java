package uk.progressstream.log.tree;

import java.util.List;

/** Roots and proofs of a tree at any size, computed from the hashes of its complete subtrees. */
public final class Tree {
  private final HashReader hashes;

  /** A tree whose hashes the reader has. */
  public Tree(HashReader hashes) {
    this.hashes = hashes;
  }

  /** The root at a size; the leaves beyond it do not count. */
  public Hash root(long size) {
    return size == 0 ? Hash.EMPTY_TREE : hash(new LeafRange(0, size));
  }

  /** The proof that a tree of this size has this leaf, see {@link ProofShape#inclusion}. */
  public List<Hash> inclusion(long index, long size) {
    return ProofShape.inclusion(index, size).stream().map(this::hash).toList();
  }

  /** The proof that one tree extends another, see {@link ProofShape#consistency}. */
  public List<Hash> consistency(long oldSize, long size) {
    return ProofShape.consistency(oldSize, size).stream().map(this::hash).toList();
  }

  private Hash hash(LeafRange range) {
    return fold(range.nodes().stream().map(hashes::read).toList());
  }

  /** One hash out of those of subtrees that lie side by side, largest first. */
  static Hash fold(List<Hash> subtrees) {
    Hash right = subtrees.get(subtrees.size() - 1);
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      right = Hash.ofNode(subtrees.get(i), right);
    }
    return right;
  }
}
