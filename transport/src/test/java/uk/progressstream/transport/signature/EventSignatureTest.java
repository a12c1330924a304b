package uk.progressstream.transport.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.contracts.events.SignedEvent;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.Credential;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.proof.Proves;

class EventSignatureTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Event EVENT =
      Event.newBuilder().setId("1").setSource("grades").setBody("{}").build();

  @TempDir Path directory;

  private final CertificateAuthority authority = CertificateAuthority.create("test");
  private EventVerifier verifier;

  @BeforeEach
  void trustTheAuthority() throws IOException {
    Path file = directory.resolve("ca.crt");
    Files.writeString(file, authority.certificatePem());
    verifier = EventVerifier.of(file, Set.of("grades", "ingest"));
  }

  @Test
  void aGenuineEventIsItsSources() throws Exception {
    SignedEvent signed = signer(authority.issue("grades", DAY)).sign(EVENT);

    for (int i = 0; i < 2; i++) {
      assertThat(verifier.open(signed.toByteString()))
          .isEqualTo(new VerifiedEvent("grades", EVENT));
    }
  }

  @Test
  @Proves("D2")
  @DisplayName("another authority, a certificate that has run out, a name that is no source")
  void certificatesThatProveNothing() throws Exception {
    CertificateAuthority foreign = CertificateAuthority.create("test");

    assertUnproven("bad-certificate", signer(foreign.issue("grades", DAY)).sign(EVENT));
    assertUnproven("bad-certificate", signer(authority.issueExpired("grades")).sign(EVENT));
    assertUnproven("unknown-source", signer(authority.issue("gateway", DAY)).sign(EVENT));
    assertUnproven(
        "other-source",
        signer(authority.issue("grades", DAY)).sign(EVENT.toBuilder().setSource("ingest").build()));
    assertUnproven(
        "bad-certificate", SignedEvent.newBuilder().setEvent(EVENT.toByteString()).build());
  }

  @Test
  @Proves("D2")
  @DisplayName("a bit changed anywhere in event, signature or certificate")
  void anyBit() throws Exception {
    SignedEvent signed = signer(authority.issue("grades", DAY)).sign(EVENT);

    assertThat(verifier.open(signed.toByteString()).source()).isEqualTo("grades");
    for (int i = 0; i < signed.getEvent().size(); i++) {
      assertNotGenuine(signed.toBuilder().setEvent(flipped(signed.getEvent(), i)).build());
    }
    for (int i = 0; i < signed.getSignature().size(); i++) {
      assertNotGenuine(signed.toBuilder().setSignature(flipped(signed.getSignature(), i)).build());
    }
    for (int i = 0; i < signed.getCertificates(0).size(); i += 7) {
      assertNotGenuine(
          signed.toBuilder().setCertificates(0, flipped(signed.getCertificates(0), i)).build());
    }
  }

  @Test
  @Proves("D2")
  @DisplayName("what the key signed for something else is no signature of an event")
  void noOtherSignatureCounts() throws Exception {
    Credential own = authority.issue("grades", DAY);
    Signature bare = Signature.getInstance("SHA256withECDSA");
    bare.initSign(own.key());
    bare.update(EVENT.toByteArray());
    SignedEvent forged =
        signer(own).sign(EVENT).toBuilder().setSignature(ByteString.copyFrom(bare.sign())).build();

    assertUnproven("bad-signature", forged);
  }

  private EventSigner signer(Credential own) throws IOException {
    CredentialFiles files = own.writeTo(directory, "own");
    return EventSigner.of(files.certificate(), files.keyDer());
  }

  private void assertUnproven(String rule, SignedEvent signed) {
    assertThatThrownBy(() -> verifier.open(signed.toByteString()))
        .isInstanceOfSatisfying(
            UnprovenEventException.class, e -> assertThat(e.rule()).isEqualTo(rule));
  }

  private void assertNotGenuine(SignedEvent signed) throws GeneralSecurityException {
    assertThatThrownBy(() -> verifier.open(signed.toByteString()))
        .isInstanceOf(UnprovenEventException.class);
  }

  private static ByteString flipped(ByteString bytes, int index) {
    byte[] changed = bytes.toByteArray();
    changed[index] ^= 1;
    return ByteString.copyFrom(changed);
  }
}
