package uk.progressstream.log.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.log.tree.NotVerifiedException;

/** The example of Go's sumdb/note, which is where signed-note comes from. */
class PublishedNoteTest {
  private static final String SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  private static final String KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String TEXT =
      "If you think cryptography is the answer to your problem,\n"
          + "then you don't know what your problem is.\n";
  private static final String NOTE =
      TEXT
          + "\n"
          + "\u2014 PeterNeumann"
          + " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  private static final String OTHER_SIGNATURE =
      "\u2014 EnochRoot"
          + " rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

  @Test
  void theSameKeyAndTextGiveTheSameNote() {
    byte[] encoded = Base64.getDecoder().decode(SEED);
    NoteSigner signer = NoteSigner.of("PeterNeumann", Arrays.copyOfRange(encoded, 1, 33));

    assertThat(signer.verifierKey().text()).isEqualTo(KEY);
    assertThat(signer.sign(TEXT)).isEqualTo(NOTE);
    assertThat(signer.toString()).contains(KEY).doesNotContain(SEED.substring(2, 20));
  }

  @Test
  void theNoteVerifiesAlsoWithASignatureByAnUnknownKey() {
    VerifierKey key = VerifierKey.of(KEY);

    assertThat(SignedNote.of(NOTE).verifiedBy(key)).isEqualTo(TEXT);
    assertThat(SignedNote.of(NOTE + OTHER_SIGNATURE).verifiedBy(key)).isEqualTo(TEXT);
  }

  @Test
  @DisplayName("a note with a changed text, or no signature by the key, is refused")
  void aChangedNoteIsRefused() {
    VerifierKey key = VerifierKey.of(KEY);

    assertThatThrownBy(() -> SignedNote.of(NOTE.replace("answer", "Answer")).verifiedBy(key))
        .isInstanceOf(NotVerifiedException.class)
        .hasMessageContaining("wrong signature");
    assertThatThrownBy(() -> SignedNote.of(TEXT + "\n" + OTHER_SIGNATURE).verifiedBy(key))
        .isInstanceOf(NotVerifiedException.class)
        .hasMessageContaining("no signature");
    assertThatThrownBy(() -> SignedNote.of(NOTE.replace("PeterN", "PetraN")).verifiedBy(key))
        .isInstanceOf(NotVerifiedException.class)
        .hasMessageContaining("no signature");
  }
}
