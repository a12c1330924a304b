package uk.progressstream.ingest.peers;

import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.pseudonym.EnrolRequest;
import uk.progressstream.contracts.pseudonym.Enrolment;
import uk.progressstream.contracts.pseudonym.FindRequest;
import uk.progressstream.contracts.pseudonym.Pseudonym;
import uk.progressstream.contracts.pseudonym.PseudonymsReply;
import uk.progressstream.contracts.pseudonym.Vault;
import uk.progressstream.contracts.pseudonym.VaultClient;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.run.RunStopped;
import uk.progressstream.platform.access.Caller;

/** The vault, the only service that an enrollment id is ever sent to. */
@ApplicationScoped
public class PupilVault {
  private final Vault vault;
  private final PeerCalls calls;

  PupilVault(@GrpcClient("pseudonym") Vault vault, PeerCalls calls) {
    this.vault = vault;
    this.calls = calls;
  }

  /** Finds or makes the pseudonym of each, in the order asked; blocks. */
  List<Pseudonym> enrol(Caller caller, UUID school, List<Enrolment> enrolments) {
    EnrolRequest request =
        EnrolRequest.newBuilder().setSchool(school.toString()).addAllEnrolments(enrolments).build();
    PseudonymsReply reply = calls.ask("pseudonym", client(caller).enrol(request));
    return complete(reply, enrolments.size());
  }

  /** The pseudonym of each, empty where the pupil is unknown, in the order asked; blocks. */
  List<Pseudonym> find(Caller caller, UUID school, List<String> enrollmentIds) {
    FindRequest request =
        FindRequest.newBuilder()
            .setSchool(school.toString())
            .addAllEnrollmentIds(enrollmentIds)
            .build();
    PseudonymsReply reply = calls.ask("pseudonym", client(caller).find(request));
    return complete(reply, enrollmentIds.size());
  }

  private VaultClient client(Caller caller) {
    return CallerClient.of(VaultClient.class, vault, caller);
  }

  // A reply of another length would give one pupil's pseudonym to the next.
  private static List<Pseudonym> complete(PseudonymsReply reply, int expected) {
    if (reply.getPseudonymsCount() != expected) {
      throw new RunStopped(ProblemCode.PEER_REFUSED);
    }
    return reply.getPseudonymsList();
  }
}
