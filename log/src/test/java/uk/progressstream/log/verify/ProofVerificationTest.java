package uk.progressstream.log.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D14")
class ProofVerificationTest {
  private static final int SIZE = 300;
  private final MemoryLog log = MemoryLog.ofSize(SIZE);
  private final VerifierKey key = MemoryLog.SIGNER.verifierKey();

  @Test
  @DisplayName(
      "the proof of each record stands alone: it verifies with the public key and nothing else")
  void everyProofStandsAlone() {
    for (int index = 0; index < SIZE; index++) {
      assertThat(verifier().proof(log.proof(index).text()).size()).isEqualTo(SIZE);
    }
  }

  @Test
  @DisplayName("a record changed within its proof is refused")
  void aChangedRecord() {
    String text = log.proof(7).text();
    String extra = text.lines().skip(1).findFirst().orElseThrow();
    String json = new String(decode(extra.substring(6)), StandardCharsets.UTF_8);
    String forged = encode(json.replace("\"sequence\":4", "\"sequence\":5"));

    assertRefused(text.replace(extra, "extra " + forged));
  }

  @Test
  @DisplayName("a proof that is moved to another leaf, or loses a hash or its record, is refused")
  void aChangedProof() {
    String text = log.proof(7).text();
    String hash = text.lines().skip(3).findFirst().orElseThrow();

    assertRefused(text.replace("index 7", "index 6"));
    assertRefused(text.replace(hash + "\n", ""));
    assertRefused(text.replaceFirst("extra [^\n]*\n", ""));
    assertRefused(text.replace("\n300\n", "\n301\n"));
  }

  private Verifier verifier() {
    return new Verifier(
        key,
        path -> {
          throw new IllegalStateException("a proof needs no fetch");
        });
  }

  private void assertRefused(String text) {
    assertThatThrownBy(() -> verifier().proof(text)).isInstanceOf(NotVerifiedException.class);
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
