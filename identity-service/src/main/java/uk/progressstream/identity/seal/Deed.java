package uk.progressstream.identity.seal;

import java.util.UUID;
import uk.progressstream.platform.outbox.AuditEvent;

/** An event and the school whose log it goes to ({@link AuditEvent#COMPANY} for the company's). */
public record Deed(UUID school, AuditEvent event) {

  /** A new event of a kind. */
  public static Deed of(
      String kind, UUID school, java.util.function.UnaryOperator<AuditEvent> rest) {
    return new Deed(school, rest.apply(AuditEvent.of(kind, school)));
  }
}
