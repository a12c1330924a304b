package uk.progressstream.identity.errand;

import io.quarkus.grpc.GrpcService;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.contracts.identity.EndErrandReply;
import uk.progressstream.contracts.identity.EndErrandRequest;
import uk.progressstream.contracts.identity.Errands;
import uk.progressstream.contracts.identity.SchoolsReply;
import uk.progressstream.contracts.identity.SchoolsRequest;
import uk.progressstream.contracts.identity.TakeErrandReply;
import uk.progressstream.contracts.identity.TakeErrandRequest;
import uk.progressstream.identity.grant.StaffPermissions;
import uk.progressstream.identity.token.AccessToken;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/**
 * Where jobs and the breach service take and hand back schools. Which of them it is, its
 * certificate says; for which officer, the token that travels along.
 */
@GrpcService
public class ErrandsGrpc implements Errands {
  private static final String PEER = "peer:";

  private final CurrentIdentityAssociation peers;
  private final CurrentCaller callers;
  private final ErrandService service;

  ErrandsGrpc(CurrentIdentityAssociation peers, CurrentCaller callers, ErrandService service) {
    this.peers = peers;
    this.callers = callers;
    this.service = service;
  }

  @Override
  @RolesAllowed({"peer:backup", "peer:prediction", "peer:breach"})
  public Uni<SchoolsReply> schools(SchoolsRequest request) {
    @Nullable UUID after =
        request.getAfter().isEmpty() ? null : UUID.fromString(request.getAfter());
    int limit = Page.limit(request.getLimit() == 0 ? null : request.getLimit());
    return own(request.getPurpose())
        .chain(
            errand -> sender(errand).chain(sender -> service.schools(sender, errand, after, limit)))
        .map(ErrandsGrpc::reply);
  }

  @Override
  @RolesAllowed({"peer:backup", "peer:prediction", "peer:breach"})
  public Uni<TakeErrandReply> take(TakeErrandRequest request) {
    return own(request.getPurpose())
        .chain(errand -> sender(errand).chain(sender -> take(sender, errand, request.getSchool())))
        .map(ErrandsGrpc::reply);
  }

  @Override
  @RolesAllowed({"peer:backup", "peer:prediction", "peer:breach"})
  public Uni<EndErrandReply> end(EndErrandRequest request) {
    UUID token = UUID.fromString(request.getErrand());
    return own(request.getPurpose())
        .chain(errand -> sender(errand).chain(sender -> service.end(sender, errand, token)))
        .map(ended -> EndErrandReply.getDefaultInstance());
  }

  /** The errand of a purpose, if it is the calling peer's own. */
  private Uni<Errand> own(String purpose) {
    return peers
        .getDeferredIdentity()
        .chain(
            peer ->
                Errand.of(purpose)
                    .filter(errand -> peer.hasRole(PEER + errand.peer()))
                    .map(errand -> Uni.createFrom().item(errand))
                    .orElseGet(() -> refused(service.job(name(peer)), name(peer), "no-purpose")));
  }

  private Uni<Sender> sender(Errand errand) {
    if (errand.onConsent()) {
      return Uni.createFrom().item(service.job(errand.peer()));
    }
    return callers
        .fromGrpc()
        .map(caller -> caller.require(StaffPermissions.MANAGE_BREACHES))
        .map(officer -> new Sender(officer.account(), officer.role(), officer.scope()));
  }

  private Uni<AccessToken> take(Sender sender, Errand errand, String school) {
    Optional<UUID> one = uuid(school);
    // Two schools at once, or none: one errand is for one school.
    return one.isPresent()
        ? service.take(sender, errand, one.get())
        : refused(sender, errand.purpose(), "not-one-school");
  }

  private <T> Uni<T> refused(Sender sender, String purpose, String because) {
    return service
        .refused(sender, purpose, because)
        .chain(() -> Uni.createFrom().failure(Problem.notFound()));
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String name(SecurityIdentity peer) {
    return Arrays.stream(Errand.values())
        .map(Errand::peer)
        .filter(name -> peer.hasRole(PEER + name))
        .findFirst()
        .orElseThrow(Problem::notFound);
  }

  private static SchoolsReply reply(List<UUID> schools) {
    return SchoolsReply.newBuilder()
        .addAllIds(schools.stream().map(UUID::toString).toList())
        .build();
  }

  private static TakeErrandReply reply(AccessToken token) {
    return TakeErrandReply.newBuilder()
        .setAccessToken(token.text())
        .setExpiresIn(token.expiresInSeconds())
        .setErrand(token.id().toString())
        .build();
  }
}
