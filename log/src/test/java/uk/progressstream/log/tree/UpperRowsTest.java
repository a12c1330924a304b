package uk.progressstream.log.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpperRowsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255, 256, 257, 511, 65_535, 65_536, 65_537, 66_000, 131_072})
  @DisplayName("built twice, by code that shares nothing but SHA-256: the same root and tiles")
  void theSameTreeAsTheServiceBuilds(int size) {
    TreeEdge edge = TreeEdge.empty();
    for (int i = 0; i < size; i++) {
      edge.append(StoredTree.entry(i));
    }
    Map<TileId, byte[]> expected = edge.added();
    Map<TileId, byte[]> tiles = new HashMap<>();
    RowHasher hasher = new RowHasher();
    UpperRows upper = new UpperRows(new RowHasher());
    byte[] rest = new byte[0];
    for (int first = 0; first < size; first += TileId.FULL_WIDTH) {
      int count = Math.min(TileId.FULL_WIDTH, size - first);
      byte[] bundle = bundle(expected, first);
      byte[] leaves = hasher.leaves(bundle, count);
      tiles.put(new TileId(0, first / TileId.FULL_WIDTH), leaves);
      if (count == TileId.FULL_WIDTH) {
        upper.append(hasher.combine(leaves, 0, count), tiles::put);
      } else {
        rest = leaves;
      }
    }

    assertThat(upper.root(rest, rest.length / Hash.BYTES)).isEqualTo(edge.root());
    upper.rest(tiles::put);
    expected.forEach(
        (tile, bytes) ->
            assertThat(tile.level() == TileId.ENTRIES || Arrays.equals(tiles.get(tile), bytes))
                .as(tile.toString())
                .isTrue());
  }

  private static byte[] bundle(Map<TileId, byte[]> tiles, int first) {
    TileId bundle = new TileId(TileId.ENTRIES, first / TileId.FULL_WIDTH);
    return java.util.Objects.requireNonNull(tiles.get(bundle));
  }
}
