package uk.progressstream.log.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;

class LogProofTest {
  private static final String HEAD = "c2sp.org/tlog-proof@v1\n";
  private static final String HASHES =
      "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n"
          + "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n";
  private static final String CHECKPOINT =
      "example.com/fancylog\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n"
          + "\u2014 example.com/fancylog hI2DJwAA\n";

  @Test
  void theSpecificationsFormIsReadAndWrittenToTheLetter() {
    String text = HEAD + "extra YWdl\nindex 73894\n" + HASHES + "\n" + CHECKPOINT;
    LogProof proof = LogProof.of(text);

    assertThat(proof.extra()).isEqualTo(new byte[] {97, 103, 101});
    assertThat(proof.index()).isEqualTo(73894);
    assertThat(proof.hashes()).hasSize(2);
    assertThat(proof.checkpoint()).isEqualTo(CHECKPOINT);
    assertThat(proof.text()).isEqualTo(text);
  }

  @Test
  void extraAndHashesMayBeMissing() {
    String text = HEAD + "index 0\n\n" + CHECKPOINT;
    LogProof proof = LogProof.of(text);

    assertThat(proof.extra()).isNull();
    assertThat(proof.hashes()).isEmpty();
    assertThat(proof.text()).isEqualTo(text);
  }

  @Test
  void itVerifiesTheEntryThatItIsAboutAndNoOther() {
    NoteSigner signer = NoteSigner.of("log.example/a", new byte[32]);
    byte[] entry = {1};
    Hash left = Hash.ofEntry(new byte[] {0});
    Checkpoint checkpoint =
        new Checkpoint("log.example/a", 2, Hash.ofNode(left, Hash.ofEntry(entry)));
    LogProof proof = new LogProof(null, 1, List.of(left), checkpoint.signedBy(signer));

    assertThat(proof.verified(entry, signer.verifierKey())).isEqualTo(checkpoint);
    assertThatThrownBy(() -> proof.verified(new byte[] {2}, signer.verifierKey()))
        .isInstanceOf(NotVerifiedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v2\nindex 0\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 01\n\nx",
        "c2sp.org/tlog-proof@v1\nindex -1\n\nx",
        "c2sp.org/tlog-proof@v1\nindex\n\nx",
        "c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 1\nextra YWdl\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 1\nx"
      })
  void whatIsNoProofIsRefused(String text) {
    assertThatThrownBy(() -> LogProof.of(text)).isInstanceOf(NotVerifiedException.class);
  }
}
