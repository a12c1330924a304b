package uk.progressstream.grades.grade;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.grades.GradeRow;
import uk.progressstream.contracts.grades.GradesIntake;
import uk.progressstream.contracts.grades.StoreGradesReply;
import uk.progressstream.contracts.grades.StoreGradesRequest;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.access.CurrentCaller;

/** Where ingest hands over grades, under the scope of whoever uploads. */
@GrpcService
public class GradeIntakeGrpc implements GradesIntake {
  private final CurrentCaller callers;
  private final GradeService service;

  GradeIntakeGrpc(CurrentCaller callers, GradeService service) {
    this.callers = callers;
    this.service = service;
  }

  @Override
  @RolesAllowed("peer:ingest")
  public Uni<StoreGradesReply> store(StoreGradesRequest request) {
    return callers.fromGrpc().chain(caller -> store(caller, request));
  }

  private Uni<StoreGradesReply> store(Caller caller, StoreGradesRequest request) {
    List<IncomingGrade> rows =
        request.getRowsList().stream().map(GradeIntakeGrpc::incoming).toList();
    return service
        .store(
            caller.require("grades:write"),
            UUID.fromString(request.getSchool()),
            UUID.fromString(request.getUpload()),
            rows)
        .map(stored -> reply(stored, rows.size() - stored));
  }

  private static StoreGradesReply reply(int stored, int unchanged) {
    return StoreGradesReply.newBuilder().setStored(stored).setUnchanged(unchanged).build();
  }

  private static IncomingGrade incoming(GradeRow row) {
    IncomingGrade.Key key =
        new IncomingGrade.Key(
            UUID.fromString(row.getPsId()),
            UUID.fromString(row.getClassId()),
            row.getSubject(),
            row.getQualification(),
            row.getPeriod(),
            row.getKind());
    return new IncomingGrade(key, row.getScale(), row.getGrade(), (short) row.getPointsTenths());
  }
}
