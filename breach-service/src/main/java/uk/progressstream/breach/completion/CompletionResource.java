package uk.progressstream.breach.completion;

import io.quarkus.oidc.BearerTokenAuthentication;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse.StatusCode;
import uk.progressstream.breach.clock.Completion;
import uk.progressstream.breach.clock.Step;
import uk.progressstream.breach.clock.StepCompletions;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.problem.Problem;

/** Completes steps; repeating a request changes nothing, so it needs no Idempotency-Key. */
@Path("/breach/v1/breaches/{breach}/steps/{step}/completions")
@BearerTokenAuthentication
public class CompletionResource {
  private final CurrentCaller callers;
  private final ScopedDatabase database;
  private final StepCompletions completions;

  CompletionResource(CurrentCaller callers, ScopedDatabase database, StepCompletions completions) {
    this.callers = callers;
    this.database = database;
    this.completions = completions;
  }

  /** Completes a step now. */
  @POST
  @RolesAllowed("breach:manage")
  @ResponseStatus(StatusCode.CREATED)
  @Operation(summary = "Completes a step, by the database's clock; the first completion stands")
  public Uni<Completion> complete(@RestPath UUID breach, @RestPath("step") String code) {
    Step step = Step.of(code).orElseThrow(Problem::notFound);
    if (step == Step.SCOPE) {
      throw Problem.conflict(
          "confirm-the-scope",
          "Confirm the scope instead",
          "The step scope is completed by confirming which schools were affected.");
    }
    return callers
        .get()
        .chain(
            caller ->
                database.inScope(
                    caller.scope(),
                    connection -> completions.complete(connection, caller, breach, step)));
  }
}
