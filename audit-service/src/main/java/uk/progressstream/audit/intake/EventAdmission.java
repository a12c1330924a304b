package uk.progressstream.audit.intake;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import uk.progressstream.contracts.events.Event;

/** Reads what sources send; counts what breaks a rule, and lets a note of it in instead. */
@ApplicationScoped
public class EventAdmission {
  private static final Logger LOG = Logger.getLogger(EventAdmission.class);

  private final MeterRegistry meters;

  EventAdmission(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * What the log will hold of an event.
   *
   * @param source the service that it is proven to come from
   * @throws RefusedEventException if it cannot even be noted
   */
  IncomingEvent admit(String source, Event event) {
    try {
      return EventReader.read(event);
    } catch (RefusedEventException e) {
      count(source, e.rule());
      IncomingEvent note = EventReader.refused(event, e.rule());
      LOG.warnf(
          "an event cannot be taken, only noted: source %s, school %s, number %d, rule %s",
          source, note.school(), (Object) note.sequence(), e.rule());
      return note;
    }
  }

  /** Counts what did not get in. */
  void count(String source, String rule) {
    meters.counter("audit.events.refused", "source", source, "rule", rule).increment();
  }

  /** Counts what got in. */
  void countDelivered(String source, int events) {
    meters.counter("audit.events.delivered", "source", source).increment(events);
  }
}
