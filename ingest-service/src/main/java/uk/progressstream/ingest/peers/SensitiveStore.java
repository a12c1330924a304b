package uk.progressstream.ingest.peers;

import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.sensitive.SensitiveIntake;
import uk.progressstream.contracts.sensitive.SensitiveIntakeClient;
import uk.progressstream.contracts.sensitive.SensitiveRow;
import uk.progressstream.contracts.sensitive.StoreSensitiveRequest;
import uk.progressstream.platform.access.Caller;

/** sensitive-service, which gets what is held apart by pseudonym. */
@ApplicationScoped
public class SensitiveStore {
  private final SensitiveIntake sensitive;
  private final PeerCalls calls;

  SensitiveStore(@GrpcClient("sensitive") SensitiveIntake sensitive, PeerCalls calls) {
    this.sensitive = sensitive;
    this.calls = calls;
  }

  /** Stores a batch and says how many rows were there before, exactly so; blocks. */
  int store(Caller caller, UUID school, UUID upload, List<SensitiveRow> rows) {
    SensitiveIntakeClient client = CallerClient.of(SensitiveIntakeClient.class, sensitive, caller);
    StoreSensitiveRequest request =
        StoreSensitiveRequest.newBuilder()
            .setSchool(school.toString())
            .setUpload(upload.toString())
            .addAllRows(rows)
            .build();
    return calls.ask("sensitive", client.store(request)).getUnchanged();
  }
}
