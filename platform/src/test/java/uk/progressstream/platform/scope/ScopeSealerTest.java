package uk.progressstream.platform.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ScopeSealerTest {
  private static final byte[] KEY = HexFormat.of().parseHex("0b".repeat(32));

  /** Recomputed with: printf 'ps1|x' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0b0b… */
  @Test
  void sealsWithHmacSha256() {
    assertThat(ScopeSealer.of(1, KEY).seal("ps1|x"))
        .isEqualTo("1.b0eb4825e93315ef7b3be8f3c2195f8d52166c39c77d71eba778fea56b583568");
  }

  @Test
  void anotherKeyGivesAnotherSeal() {
    byte[] other = KEY.clone();
    other[0]++;

    assertThat(ScopeSealer.of(1, other).seal("ps1|x"))
        .isNotEqualTo(ScopeSealer.of(1, KEY).seal("ps1|x"));
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> ScopeSealer.of(1, new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
