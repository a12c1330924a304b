package uk.progressstream.log.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TreeEdgeTest {
  private static final long SPECIFIED = 70_000;
  private static final StoredTree STORED = StoredTree.ofSize(SPECIFIED);

  @Test
  @DisplayName("a tree of 70,000 has exactly the tiles that tlog-tiles names as its example")
  void theSpecificationsExample() {
    assertThat(new TileId(0, 272).width(SPECIFIED)).isEqualTo(256);
    assertThat(new TileId(0, 273).width(SPECIFIED)).isEqualTo(112);
    assertThat(new TileId(0, 274).width(SPECIFIED)).isZero();
    assertThat(new TileId(1, 0).width(SPECIFIED)).isEqualTo(256);
    assertThat(new TileId(1, 1).width(SPECIFIED)).isEqualTo(17);
    assertThat(new TileId(2, 0).width(SPECIFIED)).isEqualTo(1);
    assertThat(new TileId(3, 0).width(SPECIFIED)).isZero();
    assertThat(new TileId(0, 0).width(256)).isEqualTo(256);
    assertThat(new TileId(1, 0).width(256)).isEqualTo(1);
  }

  @Test
  void everyStoredTileIsAsWideAsTheTreeNeeds() {
    STORED
        .tiles()
        .forEach(
            (tile, bytes) -> {
              int bytesEach = tile.level() == TileId.ENTRIES ? 2 + Long.BYTES : Hash.BYTES;
              assertThat(bytes).as("%s", tile).hasSize(tile.width(SPECIFIED) * bytesEach);
            });
    assertThat(STORED.tiles()).hasSize(274 + 274 + 2 + 1);
  }

  @Test
  @DisplayName("the root of the edge is the root that the whole tree gives")
  void theEdgesRoot() {
    TreeEdge edge = TreeEdge.empty();
    for (long index = 0; index < 1_000; index++) {
      assertThat(edge.root()).isEqualTo(STORED.tree().root(index));
      edge.append(StoredTree.entry(index));
    }
  }

  @Property(tries = 60)
  void batchesOfAnySizeGiveTheSameTiles(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 700) Integer> batches) {
    StoredTree tree = new StoredTree();
    long size = 0;
    for (int batch : batches) {
      tree.append(LongStream.range(size, size + batch).mapToObj(StoredTree::entry).toList());
      size += batch;
    }
    Map<TileId, byte[]> expected = StoredTree.ofSize(size).tiles();
    assertThat(tree.tiles()).containsOnlyKeys(expected.keySet());
    expected.forEach((tile, bytes) -> assertThat(tree.bytes(tile)).isEqualTo(bytes));
  }

  @Test
  void anEdgeWithAMissingTileIsRefused() {
    assertThatThrownBy(() -> TreeEdge.of(3, Map.of())).isInstanceOf(NotVerifiedException.class);
  }
}
