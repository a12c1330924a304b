package uk.progressstream.platform.disclosure;

import java.util.Set;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.outbox.AuditEvent;

/**
 * A look at what a service keeps about schools and their people, for the log.
 *
 * @param caller who looks
 * @param kind how the log calls it, such as {@code accounts.read}
 * @param resource what kind of thing
 * @param schools in whose logs it stands
 */
public record Reading(Caller caller, String kind, String resource, Set<UUID> schools) {

  /**
   * Of one school. Who asks about a school outside the scope gets nothing; that stands in the logs
   * of the caller's own.
   */
  public static Reading of(Caller caller, String kind, String resource, UUID school) {
    return caller.scope().scope().anySchools().contains(school)
        ? new Reading(caller, kind, resource, Set.of(school))
        : of(caller, kind, resource);
  }

  /** Of every school in the caller's scope, or the company's own where there is none. */
  public static Reading of(Caller caller, String kind, String resource) {
    Set<UUID> schools = caller.scope().scope().anySchools();
    return new Reading(
        caller, kind, resource, schools.isEmpty() ? Set.of(AuditEvent.COMPANY) : schools);
  }
}
