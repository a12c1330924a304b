package uk.progressstream.log.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryBundleTest {

  @Test
  void lengthsAreSixteenBitsBigEndian() {
    assertThat(EntryBundle.encode(new byte[] {7})).containsExactly(0, 1, 7);
    assertThat(EntryBundle.encode(new byte[0x102])).startsWith(1, 2).hasSize(0x104);
  }

  @Test
  void leavesAreReadOutOfABundle() {
    RowHasher hasher = new RowHasher();
    byte[] bundle = HexFormat.of().parseHex("0000000107000203ff");

    byte[] row = hasher.leaves(bundle, 3);

    assertThat(Hash.at(row, 0)).isEqualTo(Hash.ofEntry(new byte[] {}));
    assertThat(Hash.at(row, 32)).isEqualTo(Hash.ofEntry(new byte[] {7}));
    assertThat(Hash.at(row, 64)).isEqualTo(Hash.ofEntry(new byte[] {3, -1}));
    byte[] longest = new byte[0xffff];
    assertThat(Hash.at(hasher.leaves(EntryBundle.encode(longest), 1), 0))
        .isEqualTo(Hash.ofEntry(longest));
    assertThatThrownBy(() -> hasher.leaves(bundle, 2)).isInstanceOf(NotVerifiedException.class);
    assertThatThrownBy(() -> hasher.leaves(bundle, 4)).isInstanceOf(NotVerifiedException.class);
  }

  @Test
  void anEntryThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> EntryBundle.encode(new byte[0x10000]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "0001", "00010700", "000207", "ffff00"})
  void aBundleThatIsCutOffIsRefused(String hex) {
    byte[] bundle = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> new RowHasher().leaves(bundle, 1))
        .isInstanceOf(NotVerifiedException.class);
  }
}
