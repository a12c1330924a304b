package uk.progressstream.pseudonym.vault;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.pseudonym.EnrolRequest;
import uk.progressstream.contracts.pseudonym.FindRequest;
import uk.progressstream.contracts.pseudonym.Pseudonym;
import uk.progressstream.contracts.pseudonym.PseudonymsReply;
import uk.progressstream.contracts.pseudonym.Vault;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.access.CurrentCaller;

/** Where ingest turns enrollment ids into ps_ids, under the scope of whoever uploads. */
@GrpcService
public class EnrolmentGrpc implements Vault {
  private static final String PERMISSION = "vault:write";

  private final CurrentCaller callers;
  private final VaultService service;

  EnrolmentGrpc(CurrentCaller callers, VaultService service) {
    this.callers = callers;
    this.service = service;
  }

  @Override
  @RolesAllowed("peer:ingest")
  public Uni<PseudonymsReply> enrol(EnrolRequest request) {
    return callers.fromGrpc().chain(caller -> enrol(caller.require(PERMISSION), request));
  }

  @Override
  @RolesAllowed("peer:ingest")
  public Uni<PseudonymsReply> find(FindRequest request) {
    return callers.fromGrpc().chain(caller -> find(caller.require(PERMISSION), request));
  }

  private Uni<PseudonymsReply> enrol(Caller caller, EnrolRequest request) {
    UUID school = VaultRequests.school(request.getSchool());
    List<Enrolment> enrolments = VaultRequests.enrolments(request);
    return service.enrol(caller, school, enrolments).map(EnrolmentGrpc::reply);
  }

  private Uni<PseudonymsReply> find(Caller caller, FindRequest request) {
    UUID school = VaultRequests.school(request.getSchool());
    List<EnrollmentId> ids = VaultRequests.enrollmentIds(request);
    return service.find(caller, school, ids).map(EnrolmentGrpc::reply);
  }

  private static PseudonymsReply reply(List<PupilAnswer> answers) {
    return PseudonymsReply.newBuilder()
        .addAllPseudonyms(answers.stream().map(EnrolmentGrpc::pseudonym).toList())
        .build();
  }

  private static Pseudonym pseudonym(PupilAnswer answer) {
    return Pseudonym.newBuilder()
        .setPsId(answer.psId() == null ? "" : answer.psId().toString())
        .setChanged(answer.changed())
        .addAllClassIds(answer.classes().stream().map(UUID::toString).toList())
        .build();
  }
}
