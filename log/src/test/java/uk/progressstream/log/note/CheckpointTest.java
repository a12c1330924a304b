package uk.progressstream.log.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;

class CheckpointTest {
  private static final NoteSigner SIGNER =
      NoteSigner.of("example.com/behind-the-sofa", new byte[32]);
  private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

  @Test
  void theTextIsTheOneOfTheSpecification() {
    Checkpoint checkpoint =
        new Checkpoint("example.com/behind-the-sofa", 20852163, Hash.ofBase64(ROOT));

    assertThat(checkpoint.text())
        .isEqualTo("example.com/behind-the-sofa\n20852163\n" + ROOT + "\n");
    assertThat(Checkpoint.verified(checkpoint.signedBy(SIGNER), SIGNER.verifierKey()))
        .isEqualTo(checkpoint);
  }

  @Test
  void linesOfExtensionsAreAllowed() {
    String note = SIGNER.sign("example.com/behind-the-sofa\n7\n" + ROOT + "\nmore\n");

    assertThat(Checkpoint.verified(note, SIGNER.verifierKey()).size()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com/behind-the-sofa\n07\n" + ROOT + "\n",
        "example.com/behind-the-sofa\n-7\n" + ROOT + "\n",
        "example.com/behind-the-sofa\n7x\n" + ROOT + "\n",
        "example.com/behind-the-sofa\n99999999999999999999\n" + ROOT + "\n",
        "example.com/behind-the-sofa\n7\n",
        "example.com/behind-the-sofa\n7\nAAAA\n",
        "example.com/behind-the-sofa\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "example.com/other\n7\n" + ROOT + "\n"
      })
  void aSignedTextThatIsNoCheckpointOfThisLogIsRefused(String text) {
    assertThatThrownBy(() -> Checkpoint.verified(SIGNER.sign(text), SIGNER.verifierKey()))
        .isInstanceOf(NotVerifiedException.class);
  }
}
