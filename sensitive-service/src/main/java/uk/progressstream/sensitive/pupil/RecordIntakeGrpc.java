package uk.progressstream.sensitive.pupil;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.sensitive.SensitiveIntake;
import uk.progressstream.contracts.sensitive.StoreSensitiveReply;
import uk.progressstream.contracts.sensitive.StoreSensitiveRequest;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.access.CurrentCaller;

/** Where ingest hands over sensitive fields, under the scope of whoever uploads. */
@GrpcService
public class RecordIntakeGrpc implements SensitiveIntake {
  private final CurrentCaller callers;
  private final RecordService service;

  RecordIntakeGrpc(CurrentCaller callers, RecordService service) {
    this.callers = callers;
    this.service = service;
  }

  @Override
  @RolesAllowed("peer:ingest")
  public Uni<StoreSensitiveReply> store(StoreSensitiveRequest request) {
    return callers.fromGrpc().chain(caller -> store(caller.require("sensitive:write"), request));
  }

  private Uni<StoreSensitiveReply> store(Caller caller, StoreSensitiveRequest request) {
    UUID school = IntakeRequests.id(request.getSchool());
    UUID upload = IntakeRequests.id(request.getUpload());
    List<IncomingRecord> records = IntakeRequests.records(request.getRowsList());
    return service
        .store(caller, school, upload, records)
        .map(stored -> reply(stored, records.size() - stored));
  }

  private static StoreSensitiveReply reply(int stored, int unchanged) {
    return StoreSensitiveReply.newBuilder().setStored(stored).setUnchanged(unchanged).build();
  }
}
