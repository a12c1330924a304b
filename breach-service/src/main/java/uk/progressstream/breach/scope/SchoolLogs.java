package uk.progressstream.breach.scope;

import io.grpc.Status;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.grpc.GrpcClientUtils;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import uk.progressstream.contracts.audit.BlastRadius;
import uk.progressstream.contracts.audit.BlastRadiusClient;
import uk.progressstream.contracts.audit.BlastRadiusReply;
import uk.progressstream.contracts.audit.BlastRadiusRequest;
import uk.progressstream.contracts.audit.Touch;
import uk.progressstream.contracts.identity.EndErrandRequest;
import uk.progressstream.contracts.identity.Errands;
import uk.progressstream.contracts.identity.ErrandsClient;
import uk.progressstream.contracts.identity.SchoolsReply;
import uk.progressstream.contracts.identity.SchoolsRequest;
import uk.progressstream.contracts.identity.TakeErrandReply;
import uk.progressstream.contracts.identity.TakeErrandRequest;
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
  private static final int PAGE = 200;
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
    return schools(caller)
        .chain(schools -> askEach(caller, window, schools))
        .onFailure()
        .transform(SchoolLogs::noAnswer);
  }

  /** Page after page; a page that is not full is the last. */
  private Uni<List<String>> schools(Caller caller) {
    return Multi.createBy()
        .repeating()
        .uni(() -> new ArrayList<String>(List.of("")), last -> page(caller, last))
        .whilst(page -> page.size() == PAGE)
        .onItem()
        .<String>disjoint()
        .collect()
        .asList();
  }

  private Uni<List<String>> page(Caller caller, List<String> last) {
    return TravellingScope.attach(identity, caller)
        .schools(
            SchoolsRequest.newBuilder()
                .setPurpose(PURPOSE)
                .setAfter(last.get(0))
                .setLimit(PAGE)
                .build())
        .map(SchoolsReply::getIdsList)
        .map(List::<String>copyOf)
        .invoke(ids -> ids.stream().reduce((one, next) -> next).ifPresent(id -> last.set(0, id)));
  }

  private Uni<List<SchoolScope>> askEach(Caller caller, LogWindow window, List<String> schools) {
    return Multi.createFrom()
        .iterable(schools)
        .onItem()
        .transformToUniAndConcatenate(school -> askOne(caller, window, school))
        .collect()
        .asList();
  }

  private Uni<SchoolScope> askOne(Caller caller, LogWindow window, String school) {
    return TravellingScope.attach(identity, caller)
        .take(TakeErrandRequest.newBuilder().setSchool(school).setPurpose(PURPOSE).build())
        .chain(errand -> askUnder(caller, errand, request(window, school)))
        .map(reply -> schoolScope(window, school, reply));
  }

  private Uni<BlastRadiusReply> askUnder(
      Caller caller, TakeErrandReply errand, BlastRadiusRequest question) {
    return TravellingScope.attach(audit, onErrand(caller, errand.getAccessToken()))
        .query(question)
        .eventually(() -> end(caller, errand.getErrand()));
  }

  /** Where that fails, the next errand ends it, or its few minutes do. */
  private Uni<Void> end(Caller caller, String errand) {
    return TravellingScope.attach(identity, caller)
        .end(EndErrandRequest.newBuilder().setErrand(errand).setPurpose(PURPOSE).build())
        .onFailure()
        .invoke(e -> LOG.warnf("an errand was not ended: %s", Status.fromThrowable(e).getCode()))
        .onFailure()
        .recoverWithNull()
        .replaceWithVoid();
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
