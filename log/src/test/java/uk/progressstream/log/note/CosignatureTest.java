package uk.progressstream.log.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.log.tree.NotVerifiedException;

class CosignatureTest {
  private static final byte[] SEED = new byte[32];
  private static final NoteSigner LOG = NoteSigner.of("log.example/a", SEED);
  private static final Cosigner WITNESS = Cosigner.of("witness.example/w1", seed(1));
  private static final Instant NOW = Instant.ofEpochSecond(1_679_315_147);
  private static final String TEXT = "log.example/a\n2\nAAAA\n";
  private static final String NOTE = LOG.sign(TEXT);

  @Test
  @DisplayName("a cosignature is what the specification says, made here by another implementation")
  void byAnother() throws GeneralSecurityException {
    Signature java = Signature.getInstance("Ed25519");
    java.initSign(
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed(1))));
    java.update(("cosignature/v1\ntime 1679315147\n" + TEXT).getBytes(StandardCharsets.UTF_8));
    byte[] signed = java.sign();
    byte[] expected =
        ByteBuffer.allocate(12 + signed.length)
            .putInt(WITNESS.key().id())
            .putLong(1_679_315_147L)
            .put(signed)
            .array();

    assertThat(WITNESS.line(TEXT, NOW))
        .isEqualTo(
            "\u2014 witness.example/w1 " + Base64.getEncoder().encodeToString(expected) + "\n");
  }

  @Test
  @DisplayName("the key's id is over the name, the kind 4 and the key")
  void idOfTheKey() throws GeneralSecurityException {
    String[] part = WITNESS.key().text().split("\\+", 3);
    byte[] encoded = Base64.getDecoder().decode(part[2]);
    java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
    digest.update("witness.example/w1\n".getBytes(StandardCharsets.UTF_8));
    byte[] hash = digest.digest(encoded);

    assertThat(encoded[0]).isEqualTo((byte) 4);
    assertThat(part[1]).isEqualTo(java.util.HexFormat.of().formatHex(Arrays.copyOf(hash, 4)));
  }

  @Test
  @DisplayName("the time in the specification's example is read as it says")
  void theExample() {
    // The key of the example is not published, so its signature cannot be verified.
    byte[] example =
        Base64.getDecoder()
            .decode(
                "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==");

    assertThat(example).hasSize(4 + 8 + 64);
    assertThat(ByteBuffer.wrap(example).getLong(4)).isEqualTo(1_679_315_147L);
  }

  @Test
  @DisplayName("a note with cosignatures verifies by the log's key and by each witness's")
  void bothKeys() {
    Cosigner other = Cosigner.of("witness.example/w2", seed(2));
    SignedNote note = SignedNote.of(NOTE + WITNESS.line(TEXT, NOW));

    assertThat(note.verifiedBy(LOG.verifierKey())).isEqualTo(TEXT);
    assertThat(note.cosignedBy(WITNESS.key())).contains(NOW);
    assertThat(note.cosignedBy(other.key())).isEmpty();
    assertThat(CosignerKey.of(WITNESS.key().text())).isEqualTo(WITNESS.key());
  }

  @Test
  @DisplayName("of two cosignatures by one witness the later counts")
  void refreshed() {
    String note = NOTE + WITNESS.line(TEXT, NOW.plusSeconds(60)) + WITNESS.line(TEXT, NOW);

    assertThat(SignedNote.of(note).cosignedBy(WITNESS.key())).contains(NOW.plusSeconds(60));
  }

  @Test
  @DisplayName("another text, another time, a log's plain signature by the same key: refused")
  void whatItDidNotSign() {
    String line = WITNESS.line(TEXT, NOW);
    String ofOther = NoteSigner.of("log.example/a", SEED).sign("log.example/a\n3\nAAAA\n") + line;
    byte[] bytes = Base64.getDecoder().decode(line.strip().split(" ")[2]);
    bytes[11] ^= 1;
    String later =
        NOTE + "\u2014 witness.example/w1 " + Base64.getEncoder().encodeToString(bytes) + "\n";
    String plain = NoteSigner.of("witness.example/w1", seed(1)).sign(TEXT);

    assertThatThrownBy(() -> SignedNote.of(ofOther).cosignedBy(WITNESS.key()))
        .isInstanceOf(NotVerifiedException.class);
    assertThatThrownBy(() -> SignedNote.of(later).cosignedBy(WITNESS.key()))
        .isInstanceOf(NotVerifiedException.class);
    assertThat(SignedNote.of(plain).cosignedBy(WITNESS.key())).isEmpty();
  }

  @Test
  @DisplayName("a log's key is no witness's, nor the other way round")
  void kindsAreApart() {
    assertThatThrownBy(() -> CosignerKey.of(LOG.verifierKey().text()))
        .isInstanceOf(NotVerifiedException.class);
    assertThatThrownBy(() -> VerifierKey.of(WITNESS.key().text()))
        .isInstanceOf(NotVerifiedException.class);
  }

  private static byte[] seed(int value) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) value);
    return seed;
  }
}
