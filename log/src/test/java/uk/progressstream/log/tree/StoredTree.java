package uk.progressstream.log.tree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A tree whose tiles are kept in memory as the database keeps them: each only ever grows. */
final class StoredTree {
  private final Map<TileId, ByteArrayOutputStream> tiles = new HashMap<>();
  private long size;

  static StoredTree of(List<byte[]> entries) {
    StoredTree tree = new StoredTree();
    tree.append(entries);
    return tree;
  }

  static StoredTree ofSize(long size) {
    return of(LongStream.range(0, size).mapToObj(StoredTree::entry).toList());
  }

  static byte[] entry(long index) {
    return ByteBuffer.allocate(Long.BYTES).putLong(index).array();
  }

  void append(List<byte[]> entries) {
    Map<TileId, byte[]> partial = new HashMap<>();
    TreeEdge.tiles(size).forEach(tile -> partial.put(tile, bytes(tile)));
    TreeEdge edge = TreeEdge.of(size, partial);
    entries.forEach(edge::append);
    edge.added()
        .forEach(
            (tile, added) ->
                tiles.computeIfAbsent(tile, t -> new ByteArrayOutputStream()).writeBytes(added));
    size = edge.size();
  }

  byte[] bytes(TileId tile) {
    ByteArrayOutputStream stored = tiles.get(tile);
    return stored == null ? new byte[0] : stored.toByteArray();
  }

  Map<TileId, byte[]> tiles() {
    Map<TileId, byte[]> all = new HashMap<>();
    tiles.keySet().forEach(tile -> all.put(tile, bytes(tile)));
    return all;
  }

  Tree tree() {
    Map<TileId, byte[]> all = tiles();
    return new Tree(new TileHashes(tile -> all.getOrDefault(tile, new byte[0])));
  }
}
