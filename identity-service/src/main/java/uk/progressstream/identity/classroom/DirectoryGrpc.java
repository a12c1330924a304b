package uk.progressstream.identity.classroom;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.identity.ClassesReply;
import uk.progressstream.contracts.identity.ClassesRequest;
import uk.progressstream.contracts.identity.Directory;
import uk.progressstream.identity.request.Schools;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.access.CurrentCaller;

/** Classes for the other services, under the scope of whoever they work for. */
@GrpcService
public class DirectoryGrpc implements Directory {
  private final CurrentCaller callers;
  private final ClassService service;

  DirectoryGrpc(CurrentCaller callers, ClassService service) {
    this.callers = callers;
    this.service = service;
  }

  @Override
  @RolesAllowed({
    "peer:ingest",
    "peer:pseudonym",
    "peer:grades",
    "peer:sensitive",
    "peer:audit",
    "peer:breach"
  })
  public Uni<ClassesReply> classes(ClassesRequest request) {
    UUID school = UUID.fromString(request.getSchool());
    return callers.fromGrpc().chain(caller -> classes(caller, school)).map(DirectoryGrpc::reply);
  }

  private Uni<List<SchoolClass>> classes(Caller caller, UUID school) {
    caller.require("identity:read");
    return service.all(caller, Schools.inScope(caller, school));
  }

  private static ClassesReply reply(List<SchoolClass> classes) {
    ClassesReply.Builder reply = ClassesReply.newBuilder();
    classes.forEach(each -> reply.addClasses(message(each)));
    return reply.build();
  }

  private static uk.progressstream.contracts.identity.SchoolClass message(SchoolClass each) {
    return uk.progressstream.contracts.identity.SchoolClass.newBuilder()
        .setId(each.id().toString())
        .setCode(each.code())
        .setSubject(each.subject())
        .setYearGroup(each.yearGroup())
        .build();
  }
}
