package uk.progressstream.breach.scope;

import io.grpc.Status;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.grpc.GrpcClientUtils;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import uk.progressstream.contracts.audit.BlastRadius;
import uk.progressstream.contracts.audit.BlastRadiusClient;
import uk.progressstream.contracts.audit.BlastRadiusReply;
import uk.progressstream.contracts.audit.BlastRadiusRequest;
import uk.progressstream.contracts.audit.Touch;
import uk.progressstream.contracts.identity.Errands;
import uk.progressstream.contracts.identity.ErrandsClient;
import uk.progressstream.contracts.identity.IssueErrandRequest;
import uk.progressstream.contracts.identity.SchoolsReply;
import uk.progressstream.contracts.identity.SchoolsRequest;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.access.TravellingScope;
import uk.progressstream.platform.problem.Problem;

/**
 * Asks the log about one school after another. No role sees two schools, so each is asked under an
 * errand scope of its own, which that school's log tells of.
 */
@ApplicationScoped
public class SchoolLogs {
  private static final Logger LOG = Logger.getLogger(SchoolLogs.class);
  private static final String PURPOSE = "breach-scope";
  private static final int RETRY_AFTER_SECONDS = 5;

  private final ErrandsClient identity;
  private final BlastRadiusClient audit;

  SchoolLogs(@GrpcClient("identity") Errands identity, @GrpcClient("audit") BlastRadius audit) {
    // The client itself, past its CDI proxy: only to that a token can be attached.
    this.identity = ErrandsClient.class.cast(GrpcClientUtils.getProxiedObject(identity));
    this.audit = BlastRadiusClient.class.cast(GrpcClientUtils.getProxiedObject(audit));
  }

  /**
   * What the log of every school says.
   *
   * @throws Problem 503 where one of them gives no answer: half an answer could pass for a whole
   *     one
   */
  Uni<List<SchoolScope>> ask(Caller caller, LogWindow window) {
    return TravellingScope.attach(identity, caller)
        .schools(SchoolsRequest.getDefaultInstance())
        .chain(schools -> askEach(caller, window, schools))
        .onFailure()
        .transform(SchoolLogs::noAnswer);
  }

  private Uni<List<SchoolScope>> askEach(Caller caller, LogWindow window, SchoolsReply schools) {
    return Multi.createFrom()
        .iterable(schools.getIdsList())
        .onItem()
        .transformToUniAndConcatenate(school -> askOne(caller, window, school))
        .collect()
        .asList();
  }

  private Uni<SchoolScope> askOne(Caller caller, LogWindow window, String school) {
    return TravellingScope.attach(identity, caller)
        .issue(IssueErrandRequest.newBuilder().setSchool(school).setPurpose(PURPOSE).build())
        .map(errand -> onErrand(caller, errand.getAccessToken()))
        .chain(errand -> TravellingScope.attach(audit, errand).query(request(window, school)))
        .map(reply -> schoolScope(window, school, reply));
  }

  private static Throwable noAnswer(Throwable failure) {
    LOG.warnf("a log gave no answer: %s", Status.fromThrowable(failure).getCode());

    return Problem.unavailable(RETRY_AFTER_SECONDS);
  }

  /** The caller's own token stays behind: only the errand's goes to the log. */
  private static Caller onErrand(Caller caller, String errandToken) {
    return new Caller(caller.account(), caller.role(), caller.scope(), errandToken);
  }

  /**
   * About everybody: asked about one actor, the log would leave out what it can't name any more.
   */
  private static BlastRadiusRequest request(LogWindow window, String school) {
    return BlastRadiusRequest.newBuilder()
        .setSchool(school)
        .setFrom(window.from().toString())
        .setTo(window.to().toString())
        .build();
  }

  private static SchoolScope schoolScope(LogWindow window, String school, BlastRadiusReply reply) {
    List<SchoolTouch> touches =
        reply.getTouchesList().stream()
            .map(SchoolLogs::touch)
            .filter(touch -> window.concerns(Optional.ofNullable(touch.actor())))
            .toList();
    return new SchoolScope(UUID.fromString(school), touches);
  }

  private static SchoolTouch touch(Touch touch) {
    return new SchoolTouch(
        touch.getActor().isEmpty() ? null : UUID.fromString(touch.getActor()),
        touch.getRole().isEmpty() ? null : touch.getRole(),
        touch.getKind(),
        List.copyOf(touch.getClassesList()),
        List.copyOf(touch.getColumnsList()),
        touch.getRecords(),
        touch.getRows(),
        touch.getPupilsAtLeast(),
        touch.getPupilsAtMost());
  }
}
