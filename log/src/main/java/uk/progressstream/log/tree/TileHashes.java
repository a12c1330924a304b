package uk.progressstream.log.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the hashes of complete subtrees out of tiles, combining those that lie within one. */
public final class TileHashes implements HashReader {
  private final Function<TileId, byte[]> tiles;

  /**
   * A reader.
   *
   * @param tiles the bytes of a tile, at least as many as the tree needs
   */
  public TileHashes(Function<TileId, byte[]> tiles) {
    this.tiles = tiles;
  }

  @Override
  public Hash read(Node node) {
    int height = node.level() % TileId.HEIGHT;
    int first = (int) ((node.index() << height) % TileId.FULL_WIDTH);
    byte[] tile = tiles.apply(TileId.of(node));
    List<Hash> row = new ArrayList<>();
    for (int i = first; i < first + (1 << height); i++) {
      row.add(Hash.at(tile, i * Hash.BYTES));
    }
    return combine(row);
  }

  /** The hash over a row whose length is a power of two. */
  static Hash combine(List<Hash> row) {
    List<Hash> level = row;
    while (level.size() > 1) {
      List<Hash> above = new ArrayList<>(level.size() / 2);
      for (int i = 0; i < level.size(); i += 2) {
        above.add(Hash.ofNode(level.get(i), level.get(i + 1)));
      }
      level = above;
    }
    return level.get(0);
  }
}
