package uk.progressstream.identity.errand;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import uk.progressstream.contracts.identity.Errands;
import uk.progressstream.contracts.identity.IssueErrandReply;
import uk.progressstream.contracts.identity.IssueErrandRequest;
import uk.progressstream.contracts.identity.SchoolsReply;
import uk.progressstream.contracts.identity.SchoolsRequest;
import uk.progressstream.identity.grant.StaffPermissions;
import uk.progressstream.identity.token.AccessToken;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.problem.Problem;

/** Where the breach service gets one school's scope after another. */
@GrpcService
public class ErrandsGrpc implements Errands {
  private final CurrentCaller callers;
  private final ErrandService service;

  ErrandsGrpc(CurrentCaller callers, ErrandService service) {
    this.callers = callers;
    this.service = service;
  }

  @Override
  @RolesAllowed("peer:breach")
  public Uni<SchoolsReply> schools(SchoolsRequest request) {
    return callers
        .fromGrpc()
        .chain(caller -> service.schools(caller.require(StaffPermissions.MANAGE_BREACHES)))
        .map(ErrandsGrpc::reply);
  }

  @Override
  @RolesAllowed("peer:breach")
  public Uni<IssueErrandReply> issue(IssueErrandRequest request) {
    UUID school = UUID.fromString(request.getSchool());
    Errand errand =
        Errand.of(request.getPurpose())
            .filter(each -> each.service().equals("breach"))
            .orElseThrow(Problem::notFound);
    return callers
        .fromGrpc()
        .chain(
            caller ->
                service.issue(caller.require(StaffPermissions.MANAGE_BREACHES), school, errand))
        .map(ErrandsGrpc::reply);
  }

  private static SchoolsReply reply(List<UUID> schools) {
    return SchoolsReply.newBuilder()
        .addAllIds(schools.stream().map(UUID::toString).toList())
        .build();
  }

  private static IssueErrandReply reply(AccessToken token) {
    return IssueErrandReply.newBuilder()
        .setAccessToken(token.text())
        .setExpiresIn(token.expiresInSeconds())
        .build();
  }
}
