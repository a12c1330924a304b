package uk.progressstream.log.tree;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The right edge of a growing tree: its partial tiles, which are all that is needed to append and
 * to know the root. Not for several threads.
 */
public final class TreeEdge {
  private static final Comparator<TileId> ORDER =
      Comparator.comparingInt(TileId::level).thenComparingLong(TileId::index);

  private final List<List<Hash>> partial = new ArrayList<>();
  private final Map<TileId, ByteArrayOutputStream> added = new TreeMap<>(ORDER);
  private long size;

  private TreeEdge(long size) {
    this.size = size;
    for (int level = 0; level <= TileId.LEVEL_MAX; level++) {
      partial.add(new ArrayList<>());
    }
  }

  /** A tree with no leaf. */
  public static TreeEdge empty() {
    return new TreeEdge(0);
  }

  /**
   * The edge of a tree that is stored.
   *
   * @param size how many leaves it has
   * @param tiles its partial tiles of hashes, see {@link #tiles(long)}
   * @throws NotVerifiedException if one is missing or too short
   */
  public static TreeEdge of(long size, Map<TileId, byte[]> tiles) {
    TreeEdge edge = new TreeEdge(size);
    for (TileId tile : tiles(size)) {
      byte[] bytes = tiles.getOrDefault(tile, new byte[0]);
      for (int i = 0; i < tile.width(size); i++) {
        edge.partial.get(tile.level()).add(Hash.at(bytes, i * Hash.BYTES));
      }
    }
    return edge;
  }

  /** The partial tiles of hashes of a tree of some size. */
  public static List<TileId> tiles(long size) {
    List<TileId> tiles = new ArrayList<>();
    for (int level = 0; level <= TileId.LEVEL_MAX; level++) {
      long hashes = size >>> (TileId.HEIGHT * level);
      if (hashes % TileId.FULL_WIDTH > 0) {
        tiles.add(new TileId(level, hashes / TileId.FULL_WIDTH));
      }
    }
    return tiles;
  }

  /** Appends an entry as the next leaf. */
  public void append(byte[] entry) {
    add(new TileId(TileId.ENTRIES, size / TileId.FULL_WIDTH), EntryBundle.encode(entry));
    append(0, size, Hash.ofEntry(entry));
    size++;
  }

  private void append(int level, long index, Hash hash) {
    List<Hash> row = partial.get(level);
    row.add(hash);
    add(new TileId(level, index / TileId.FULL_WIDTH), hash.bytes());
    if (row.size() == TileId.FULL_WIDTH) {
      Hash above = TileHashes.combine(row);
      row.clear();
      append(level + 1, index / TileId.FULL_WIDTH, above);
    }
  }

  private void add(TileId tile, byte[] bytes) {
    added.computeIfAbsent(tile, each -> new ByteArrayOutputStream()).writeBytes(bytes);
  }

  /** How many leaves it has. */
  public long size() {
    return size;
  }

  /** The root over all its leaves. */
  public Hash root() {
    List<Hash> subtrees = new ArrayList<>();
    for (int level = TileId.LEVEL_MAX; level >= 0; level--) {
      List<Hash> row = partial.get(level);
      int start = 0;
      for (int width = TileId.FULL_WIDTH / 2; width > 0; width /= 2) {
        if ((row.size() & width) != 0) {
          subtrees.add(TileHashes.combine(row.subList(start, start + width)));
          start += width;
        }
      }
    }
    return subtrees.isEmpty() ? Hash.EMPTY_TREE : Tree.fold(subtrees);
  }

  /** What was added behind the end of each tile since this edge was made. */
  public Map<TileId, byte[]> added() {
    Map<TileId, byte[]> bytes = new TreeMap<>(ORDER);
    added.forEach((tile, stream) -> bytes.put(tile, stream.toByteArray()));
    return bytes;
  }
}
