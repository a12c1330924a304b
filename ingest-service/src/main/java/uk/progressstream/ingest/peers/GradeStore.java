package uk.progressstream.ingest.peers;

import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.grades.GradeRow;
import uk.progressstream.contracts.grades.GradesIntake;
import uk.progressstream.contracts.grades.GradesIntakeClient;
import uk.progressstream.contracts.grades.StoreGradesRequest;
import uk.progressstream.platform.access.Caller;

/** grades-service, which gets grades by pseudonym. */
@ApplicationScoped
public class GradeStore {
  private final GradesIntake grades;
  private final PeerCalls calls;

  GradeStore(@GrpcClient("grades") GradesIntake grades, PeerCalls calls) {
    this.grades = grades;
    this.calls = calls;
  }

  /** Stores a batch and says how many rows were there before, exactly so; blocks. */
  int store(Caller caller, UUID school, UUID upload, List<GradeRow> rows) {
    GradesIntakeClient client = CallerClient.of(GradesIntakeClient.class, grades, caller);
    StoreGradesRequest request =
        StoreGradesRequest.newBuilder()
            .setSchool(school.toString())
            .setUpload(upload.toString())
            .addAllRows(rows)
            .build();
    return calls.ask("grades", client.store(request)).getUnchanged();
  }
}
