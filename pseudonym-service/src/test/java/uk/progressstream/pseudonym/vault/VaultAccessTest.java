package uk.progressstream.pseudonym.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.progressstream.pseudonym.vault.EnrolmentGrpcTest.assertRefused;
import static uk.progressstream.pseudonym.vault.VaultPeer.enrolment;

import io.grpc.Status;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.contracts.pseudonym.Enrolment;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;
import uk.progressstream.pseudonym.KeysTestResource;

/** Who gets into the vault, and with what. */
@QuarkusTest
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "pseudonym"))
class VaultAccessTest {
  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID account = UUID.randomUUID();
  private final UUID school = UUID.randomUUID();
  private final UUID otherSchool = UUID.randomUUID();
  private final UUID schoolClass = UUID.randomUUID();
  private TestKit kit;
  private VaultPeer ingest;

  @BeforeEach
  void connect() {
    kit = TestKit.current();
    ingest = new VaultPeer(service, "ingest");
    ingest.enrol(school, enrolment("P-1", schoolClass, ""));
    ingest.enrol(otherSchool, enrolment("P-1", schoolClass, ""));
  }

  @AfterEach
  void disconnect() {
    ingest.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "identity", "grades", "sensitive", "audit", "breach", "other"})
  @Proves("D2")
  @DisplayName(
      "A peer that is not ingest is refused, its genuine certificate and scope notwithstanding")
  void anotherPeerIsRefused(String name) {
    try (VaultPeer peer = new VaultPeer(service, name)) {
      assertRefused(
          Status.Code.PERMISSION_DENIED,
          () -> peer.enrol(school, enrolment("P-2", schoolClass, "")));
      assertRefused(Status.Code.PERMISSION_DENIED, () -> peer.find(school, "P-1"));
    }
    assertThat(ingest.find(school, "P-2").get(0).getPsId()).isEmpty();
  }

  @Test
  @Proves("D2")
  @DisplayName("No certificate, a foreign or an expired one opens no connection to the vault")
  void withoutACertificateNoConnection() {
    SSLContext[] strangers = {
      kit.tlsOfNobody(), kit.foreignTlsOf("ingest"), kit.expiredTlsOf("ingest")
    };
    for (SSLContext tls : strangers) {
      assertThatThrownBy(() -> new ServiceClient(service, tls).get("/", null))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  @Proves("D9")
  @DisplayName("Under another school's scope nobody is found or enrolled")
  void anotherSchoolsScope() {
    String foreign = ingest.uploaderOf(otherSchool);

    assertRefusedBoth(Status.Code.NOT_FOUND, foreign);
  }

  @Test
  @Proves("D9")
  @DisplayName("A genuine token around a forged or expired seal finds and enrols nobody")
  void aForgedOrExpiredSeal() {
    Scope scope = Tokens.schools(account, Set.of(school), "vault:write");
    String forged =
        kit.tokens().mint(kit.tokens().forged(scope), "partner-system", Set.of("pseudonym"));
    String expired = kit.tokens().mint(Tokens.expired(scope), "partner-system");

    assertRefusedBoth(Status.Code.NOT_FOUND, forged);
    assertRefusedBoth(Status.Code.UNAUTHENTICATED, expired);
    assertRefusedBoth(Status.Code.UNAUTHENTICATED, "nonsense");
  }

  @Test
  @Proves("D9")
  @DisplayName("Without vault:write, or with it for classes only, the vault stays shut")
  void theWrongPermissionOrKind() {
    Scope reader = Tokens.schools(account, Set.of(school), "grades:read", "sensitive:read");
    Scope classes =
        Tokens.classes(account, Set.of(new ClassCell(school, schoolClass)), "vault:write");

    assertRefusedBoth(Status.Code.NOT_FOUND, kit.tokens().mint(reader, "teacher"));
    assertRefusedBoth(Status.Code.NOT_FOUND, kit.tokens().mint(classes, "teacher"));
  }

  private void assertRefusedBoth(Status.Code code, String token) {
    List<Enrolment> someone = List.of(enrolment("P-2", schoolClass, ""));
    assertRefused(code, () -> ingest.enrol(token, school, someone));
    assertRefused(code, () -> ingest.find(token, school, List.of("P-1")));
    assertThat(ingest.find(school, "P-2").get(0).getPsId()).isEmpty();
  }
}
