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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.progressstream.contracts.identity.ConsentingRequest;
import uk.progressstream.contracts.identity.EndErrandReply;
import uk.progressstream.contracts.identity.EndErrandRequest;
import uk.progressstream.contracts.identity.IssueErrandReply;
import uk.progressstream.contracts.identity.SchoolsReply;
import uk.progressstream.contracts.identity.StandingErrands;
import uk.progressstream.contracts.identity.TakeErrandRequest;
import uk.progressstream.identity.token.AccessToken;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.Scope;

/** Where jobs take and hand back schools. Which job it is, its certificate says. */
@GrpcService
public class StandingErrandsGrpc implements StandingErrands {
  private static final String PEER = "peer:";

  private final CurrentIdentityAssociation peers;
  private final CurrentCaller callers;
  private final StandingErrandService service;

  StandingErrandsGrpc(
      CurrentIdentityAssociation peers, CurrentCaller callers, StandingErrandService service) {
    this.peers = peers;
    this.callers = callers;
    this.service = service;
  }

  @Override
  @RolesAllowed({"peer:backup", "peer:prediction"})
  public Uni<IssueErrandReply> take(TakeErrandRequest request) {
    return own(request.getPurpose())
        .chain(errand -> school(errand, request.getSchool(), id -> service.take(errand, id)))
        .map(StandingErrandsGrpc::reply);
  }

  @Override
  @RolesAllowed({"peer:backup", "peer:prediction"})
  public Uni<EndErrandReply> end(EndErrandRequest request) {
    return callers.fromGrpc().chain(this::end).map(ended -> EndErrandReply.getDefaultInstance());
  }

  @Override
  @RolesAllowed({"peer:backup", "peer:prediction"})
  public Uni<SchoolsReply> consenting(ConsentingRequest request) {
    @Nullable UUID after =
        request.getAfter().isEmpty() ? null : UUID.fromString(request.getAfter());
    int limit = Page.limit(request.getLimit() == 0 ? null : request.getLimit());
    return own(request.getPurpose())
        .chain(errand -> service.consenting(errand, after, limit))
        .map(StandingErrandsGrpc::reply);
  }

  private Uni<Void> end(Caller caller) {
    Scope scope = caller.scope().scope();
    UUID school = scope.schools().stream().findFirst().orElseThrow(Problem::notFound);
    return service.end(scope.tokenId(), caller.account(), school);
  }

  /** The errand of a purpose, if it is the calling job's own. */
  private Uni<StandingErrand> own(String purpose) {
    return peers
        .getDeferredIdentity()
        .chain(
            peer ->
                StandingErrand.of(purpose)
                    .filter(errand -> peer.hasRole(PEER + errand.job()))
                    .map(errand -> Uni.createFrom().item(errand))
                    .orElseGet(() -> refused(name(peer), "no-purpose")));
  }

  private <T> Uni<T> school(StandingErrand errand, String text, Function<UUID, Uni<T>> work) {
    try {
      return work.apply(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      // Two schools at once, or none: one errand is for one school.
      return refused(errand.job(), "not-one-school");
    }
  }

  private <T> Uni<T> refused(String job, String because) {
    return service.refused(job, because).chain(() -> Uni.createFrom().failure(Problem.notFound()));
  }

  private static String name(SecurityIdentity peer) {
    Optional<StandingErrand> own =
        Arrays.stream(StandingErrand.values())
            .filter(errand -> peer.hasRole(PEER + errand.job()))
            .findFirst();
    return own.map(StandingErrand::job).orElseThrow(Problem::notFound);
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
