package uk.progressstream.audit.blast;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import uk.progressstream.contracts.audit.BlastRadius;
import uk.progressstream.contracts.audit.BlastRadiusReply;
import uk.progressstream.contracts.audit.BlastRadiusRequest;
import uk.progressstream.platform.access.CurrentCaller;

/** The blast radius as breach asks for it, under an errand scope of one school. */
@GrpcService
public class BlastRadiusGrpc implements BlastRadius {
  private final CurrentCaller callers;
  private final BlastRadiusService service;

  BlastRadiusGrpc(CurrentCaller callers, BlastRadiusService service) {
    this.callers = callers;
    this.service = service;
  }

  @Override
  @RolesAllowed("peer:breach")
  public Uni<BlastRadiusReply> query(BlastRadiusRequest request) {
    BlastQuestion question =
        BlastQuestion.of(
            request.getFrom(), request.getTo(), request.getActor(), request.getSchool());
    return callers
        .fromGrpc()
        .map(caller -> caller.require("audit:blast-radius"))
        .chain(caller -> service.underErrand(caller, question))
        .map(BlastRadiusGrpc::reply);
  }

  private static BlastRadiusReply reply(List<Touch> touches) {
    return BlastRadiusReply.newBuilder()
        .addAllTouches(touches.stream().map(BlastRadiusGrpc::message).toList())
        .build();
  }

  private static uk.progressstream.contracts.audit.Touch message(Touch touch) {
    return uk.progressstream.contracts.audit.Touch.newBuilder()
        .setActor(Objects.toString(touch.actor(), ""))
        .setRole(Objects.toString(touch.role(), ""))
        .setKind(touch.kind())
        .addAllClasses(touch.classes().stream().map(UUID::toString).toList())
        .addAllColumns(touch.columns())
        .setRecords(touch.records())
        .setRows(touch.rows())
        .setPupilsAtLeast(touch.pupilsAtLeast())
        .setPupilsAtMost(touch.pupilsAtMost())
        .setFirstAt(touch.firstAt())
        .setLastAt(touch.lastAt())
        .build();
  }
}
