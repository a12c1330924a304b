package uk.progressstream.log.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the reference tree of Certificate Transparency comes out byte for byte")
class PublishedTreeTest {
  private final Tree tree = StoredTree.of(PublishedTree.ENTRIES).tree();

  @Test
  void leafHashes() {
    assertThat(PublishedTree.ENTRIES.stream().map(Hash::ofEntry).map(PublishedTree::hex))
        .containsExactlyElementsOf(PublishedTree.LEAF_HASHES);
  }

  @Test
  void roots() {
    for (int size = 0; size < PublishedTree.ROOTS.size(); size++) {
      assertThat(PublishedTree.hex(tree.root(size))).isEqualTo(PublishedTree.ROOTS.get(size));
    }
  }

  @Test
  void inclusionProofs() {
    for (PublishedTree.Path path : PublishedTree.INCLUSION) {
      assertThat(hex(tree.inclusion(path.from(), path.size()))).isEqualTo(path.hashes());
    }
  }

  @Test
  void consistencyProofs() {
    for (PublishedTree.Path path : PublishedTree.CONSISTENCY) {
      assertThat(hex(tree.consistency(path.from(), path.size()))).isEqualTo(path.hashes());
    }
  }

  private static List<String> hex(List<Hash> hashes) {
    return hashes.stream().map(PublishedTree::hex).toList();
  }
}
