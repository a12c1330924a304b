package uk.progressstream.audit.intake;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.ReceiptsReply;

/** Says aloud that a school's sequence has a hole: events were lost, or the log has gone back. */
@ApplicationScoped
public class SequenceAlarm {
  private static final Logger LOG = Logger.getLogger(SequenceAlarm.class);

  private final MeterRegistry meters;

  SequenceAlarm(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Raises it for each school that misses events. */
  void raise(String source, ReceiptsReply answer) {
    for (Missing each : answer.getMissingList()) {
      meters.counter("audit.sequence.gaps", "source", source).increment();
      LOG.warnf(
          "events are missing: source %s, school %s, from number %d",
          source, each.getSchool(), (Object) each.getFrom());
    }
  }
}
