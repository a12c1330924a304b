package uk.progressstream.log.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.log.tree.NotVerifiedException;

class SignedNoteTest {
  private static final NoteSigner SIGNER = NoteSigner.of("log.example/a", new byte[32]);
  private static final String NOTE = SIGNER.sign("log.example/a\n\nsomething\n");

  @Test
  @DisplayName("a bit flipped anywhere in a note, in text, name, id or signature: refused")
  void everyBitOfANoteCounts() {
    for (int at = 0; at < NOTE.length(); at++) {
      for (int bit = 0; bit < 7; bit++) {
        char other = (char) (NOTE.charAt(at) ^ (1 << bit));
        String changed = NOTE.substring(0, at) + other + NOTE.substring(at + 1);
        assertThatThrownBy(() -> SignedNote.of(changed).verifiedBy(SIGNER.verifierKey()))
            .isInstanceOf(NotVerifiedException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\n\u2014 name AAAAAAA=",
        "text\n\n\u2014 name\n",
        "text\n\n- name AAAAAAA=\n",
        "text\n\n\u2014 na+me AAAAAAA=\n",
        "text\n\n\u2014 name !\n",
        "text\n\n\u2014 name AAAAAA==\n",
        "te\txt\n\n\u2014 name AAAAAAA=\n"
      })
  void whatIsNoNoteIsRefused(String note) {
    assertThatThrownBy(() -> SignedNote.of(note)).isInstanceOf(NotVerifiedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PetraNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> VerifierKey.of(text)).isInstanceOf(NotVerifiedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a+b", "a\u00a0b", "a\u3000b", "a\u0085b", "a\nb"})
  void whatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() -> NoteSigner.of(name, new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void whatIsNoSeedIsRefused(int bytes) {
    assertThatThrownBy(() -> NoteSigner.of("log.example/a", new byte[bytes]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SIGNER.verifierKey()).isEqualTo(VerifierKey.of(SIGNER.verifierKey().text()));
  }
}
