package uk.progressstream.ingest.upload;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import uk.progressstream.contracts.pseudonym.EnrolRequest;
import uk.progressstream.contracts.pseudonym.Enrolment;
import uk.progressstream.contracts.pseudonym.FindRequest;
import uk.progressstream.contracts.pseudonym.Pseudonym;
import uk.progressstream.contracts.pseudonym.PseudonymsReply;
import uk.progressstream.contracts.pseudonym.VaultGrpc;

/** The vault: a pseudonym a school and id, in memory. */
final class FakeVault extends VaultGrpc.VaultImplBase {
  final List<Enrolment> enrolments = new CopyOnWriteArrayList<>();
  private final Map<String, Pseudonym> pseudonyms = new ConcurrentHashMap<>();
  volatile boolean keeps = true;

  @Override
  public void enrol(EnrolRequest request, StreamObserver<PseudonymsReply> answer) {
    List<Pseudonym> reply = new ArrayList<>();
    for (Enrolment enrolment : request.getEnrolmentsList()) {
      reply.add(enrol(request.getSchool(), enrolment));
    }
    if (keeps) {
      enrolments.addAll(request.getEnrolmentsList());
    }
    send(answer, reply);
  }

  @Override
  public void find(FindRequest request, StreamObserver<PseudonymsReply> answer) {
    List<Pseudonym> reply =
        request.getEnrollmentIdsList().stream().map(id -> find(request.getSchool(), id)).toList();
    send(answer, reply);
  }

  /** The pseudonym of a pupil, empty where it is unknown. */
  Pseudonym find(String school, String id) {
    return pseudonyms.getOrDefault(school + id, Pseudonym.getDefaultInstance());
  }

  private Pseudonym enrol(String school, Enrolment enrolment) {
    if (!keeps) {
      return Pseudonym.newBuilder().setPsId(UUID.randomUUID().toString()).setChanged(true).build();
    }
    boolean known = pseudonyms.containsKey(school + enrolment.getEnrollmentId());
    Pseudonym pseudonym =
        pseudonyms.computeIfAbsent(
            school + enrolment.getEnrollmentId(),
            key ->
                Pseudonym.newBuilder()
                    .setPsId(UUID.randomUUID().toString())
                    .addClassIds(enrolment.getClassId())
                    .build());
    return pseudonym.toBuilder().setChanged(!known).build();
  }

  private static void send(StreamObserver<PseudonymsReply> answer, List<Pseudonym> pseudonyms) {
    answer.onNext(PseudonymsReply.newBuilder().addAllPseudonyms(pseudonyms).build());
    answer.onCompleted();
  }
}
