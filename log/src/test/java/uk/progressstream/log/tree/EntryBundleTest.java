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
    assertThat(EntryBundle.decode(HexFormat.of().parseHex("0000000107000203ff")))
        .containsExactly(new byte[] {}, new byte[] {7}, new byte[] {3, -1});
    byte[] longest = new byte[0xffff];
    assertThat(EntryBundle.decode(EntryBundle.encode(longest))).containsExactly(longest);
  }

  @Test
  void anEntryThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> EntryBundle.encode(new byte[0x10000]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "0001", "00010700", "000207", "ffff00"})
  void aBundleThatIsCutOffIsRefused(String hex) {
    byte[] bundle = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> EntryBundle.decode(bundle)).isInstanceOf(NotVerifiedException.class);
  }
}
