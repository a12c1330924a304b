package uk.progressstream.log.tree;

/** Where the hashes of complete subtrees come from. */
@FunctionalInterface
public interface HashReader {

  /**
   * The hash of a complete subtree.
   *
   * @throws NotVerifiedException if it is not there
   */
  Hash read(Node node);
}
