package uk.progressstream.log.tree;

/**
 * A tile of at most 256 hashes, or the bundle of the entries under a tile of level 0.
 *
 * @param level 0 to 7 for hashes, {@link #ENTRIES} for entries
 * @param index from 0, left to right within the level
 */
public record TileId(int level, long index) {
  /** Hashes of a full tile, or entries of a full bundle. */
  public static final int FULL_WIDTH = 256;

  /** The level that stands for bundles of entries. */
  public static final int ENTRIES = -1;

  /** Levels beyond would need more leaves than a long can count. */
  public static final int LEVEL_MAX = 7;

  /** How many levels of the tree one tile spans. */
  public static final int HEIGHT = 8;

  /** Checks level and index. */
  public TileId {
    if (level < ENTRIES || level > LEVEL_MAX || index < 0) {
      throw new IllegalArgumentException("no such tile");
    }
  }

  /** The tile that holds what a complete subtree's hash is made of. */
  public static TileId of(Node node) {
    int level = node.level() / HEIGHT;
    return new TileId(level, (node.index() << (node.level() % HEIGHT)) / FULL_WIDTH);
  }

  /** How wide it is in a tree of some size; 0 where that tree has no such tile. */
  public int width(long size) {
    long hashes = level == ENTRIES ? size : size >>> (HEIGHT * level);
    return (int) Math.max(0, Math.min(FULL_WIDTH, hashes - index * FULL_WIDTH));
  }
}
