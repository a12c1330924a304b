package uk.progressstream.platform.refusal;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.access.CurrentCaller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.outbox.Outbox;
import uk.progressstream.platform.outbox.Outcome;

/**
 * Tells the log whom a service refused what. Of a caller whose token was good, each REST call that
 * is answered with 401 (access has ended), 403 or 404 is a record in the log of every school in the
 * caller's scope, or in the company's where there is none. Missing and forbidden are one answer, so
 * they are one record too. What was asked for can hold anything, so only the call is named: its
 * method and its path's template.
 *
 * <p>A refusal stands whether or not it could be recorded, since nothing was given; one that could
 * not is counted by {@code refusals.unrecorded}.
 */
@ApplicationScoped
public class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);
  private static final Set<Integer> REFUSED = Set.of(401, 403, 404);
  private static final String KIND = "access.refused";
  private static final String UNRECORDED = "refusals.unrecorded";

  private final CurrentCaller callers;
  private final ScopedDatabase database;
  private final Outbox outbox;
  private final MeterRegistry meters;

  Refusals(CurrentCaller callers, ScopedDatabase database, Outbox outbox, MeterRegistry meters) {
    this.callers = callers;
    this.database = database;
    this.outbox = outbox;
    this.meters = meters;
    meters.counter(UNRECORDED);
  }

  /** Completes when the refusal is committed, or could not be. */
  @ServerResponseFilter
  public Uni<Void> record(
      ContainerRequestContext request, ContainerResponseContext response, ResourceInfo call) {
    if (!REFUSED.contains(response.getStatus()) || call.getResourceMethod() == null) {
      return Uni.createFrom().voidItem();
    }
    Map<String, String> what =
        Map.of(
            "method", request.getMethod(),
            "path", template(call),
            "status", Integer.toString(response.getStatus()));
    return callers
        .get()
        .onItem()
        .transformToUni(caller -> record(caller, what))
        .onFailure(AuthenticationFailedException.class)
        .recoverWithNull();
  }

  private Uni<Void> record(Caller caller, Map<String, String> what) {
    return database
        .afterAccess(caller.scope(), connection -> record(connection, caller, what))
        .onFailure()
        .recoverWithItem(this::unrecorded);
  }

  private Uni<Void> record(SqlConnection connection, Caller caller, Map<String, String> what) {
    List<AuditEvent> events = schools(caller).map(school -> event(school, caller, what)).toList();
    return outbox.record(connection, caller.scope(), events);
  }

  private static AuditEvent event(UUID school, Caller caller, Map<String, String> what) {
    return AuditEvent.of(KIND, school)
        .actor(caller)
        .resource("call")
        .filter(what)
        .outcome(Outcome.REFUSED);
  }

  private static Stream<UUID> schools(Caller caller) {
    Set<UUID> schools = caller.scope().scope().anySchools();
    return schools.isEmpty() ? Stream.of(AuditEvent.COMPANY) : schools.stream();
  }

  @SuppressWarnings("NullAway") // Mutiny's Uni<Void> carries null.
  private @Nullable Void unrecorded(Throwable failure) {
    meters.counter(UNRECORDED).increment();
    LOG.warnf("a refusal was not recorded: %s", failure.getClass().getName());
    return null;
  }

  /** As in OpenAPI, but in characters that the log takes: {@code /schools/:school/classes}. */
  private static String template(ResourceInfo call) {
    String path =
        Stream.of(call.getResourceClass(), call.getResourceMethod())
            .map(place -> place.getAnnotation(Path.class))
            .map(annotation -> annotation == null ? "" : annotation.value())
            .reduce("", Refusals::joined);
    return path.replaceAll("\\{\\s*(\\w+)[^}]*}", ":$1");
  }

  private static String joined(String before, String path) {
    return path.isEmpty() || path.startsWith("/") ? before + path : before + "/" + path;
  }
}
