package uk.progressstream.pseudonym.vault;

import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.contracts.pseudonym.EnrolRequest;
import uk.progressstream.contracts.pseudonym.Enrolment;
import uk.progressstream.contracts.pseudonym.FindRequest;
import uk.progressstream.contracts.pseudonym.Pseudonym;
import uk.progressstream.contracts.pseudonym.VaultGrpc;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** A peer that calls the vault over mutual TLS, under some scope. */
final class VaultPeer implements AutoCloseable {
  private final TestKit kit;
  private final PeerChannel channel;

  VaultPeer(URL service, String name) {
    kit = TestKit.current();
    channel = PeerChannel.open(service, kit, name);
  }

  /** A school's system, which may write the vault of that school. */
  String uploaderOf(UUID school) {
    Scope scope = Tokens.schools(UUID.randomUUID(), Set.of(school), "vault:write", "uploads:write");
    return kit.tokens().mint(scope, "partner-system");
  }

  List<Pseudonym> enrol(UUID school, Enrolment... enrolments) {
    return enrol(uploaderOf(school), school, List.of(enrolments));
  }

  List<Pseudonym> enrol(String token, UUID school, List<Enrolment> enrolments) {
    EnrolRequest request =
        EnrolRequest.newBuilder().setSchool(school.toString()).addAllEnrolments(enrolments).build();
    return VaultGrpc.newBlockingStub(channel.withToken(token)).enrol(request).getPseudonymsList();
  }

  List<Pseudonym> find(UUID school, String... ids) {
    return find(uploaderOf(school), school, List.of(ids));
  }

  List<Pseudonym> find(String token, UUID school, List<String> ids) {
    FindRequest request =
        FindRequest.newBuilder().setSchool(school.toString()).addAllEnrollmentIds(ids).build();
    return VaultGrpc.newBlockingStub(channel.withToken(token)).find(request).getPseudonymsList();
  }

  static Enrolment enrolment(String id, UUID schoolClass, String postcode) {
    return Enrolment.newBuilder()
        .setEnrollmentId(id)
        .setClassId(schoolClass.toString())
        .setPostcode(postcode)
        .build();
  }

  @Override
  public void close() {
    channel.close();
  }
}
