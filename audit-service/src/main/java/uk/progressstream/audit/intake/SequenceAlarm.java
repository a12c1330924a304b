package uk.progressstream.audit.intake;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.ReceiptsReply;

/**
 * Says aloud that a school's sequence does not go on: events were lost, or the log or the source
 * has gone back.
 */
@ApplicationScoped
public class SequenceAlarm {
  private static final Logger LOG = Logger.getLogger(SequenceAlarm.class);

  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int REMEMBERED_MAX = 10_000;

  private final MeterRegistry meters;
  private final Map<String, Said> said = new ConcurrentHashMap<>();

  private record Said(long number, long atNanos) {}

  SequenceAlarm(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * Raises it for each school whose sequence does not go on; the same is said aloud once a minute.
   */
  void raise(String source, ReceiptsReply answer) {
    for (Missing each : answer.getMissingList()) {
      meters.counter("audit.sequence.gaps", "source", source).increment();
      if (isNews(source + " " + each.getSchool(), each.getFrom())) {
        LOG.warnf(
            "a sequence does not go on: source %s, school %s, expected is number %d",
            source, each.getSchool(), (Object) each.getFrom());
      }
    }
  }

  private boolean isNews(String sequence, long number) {
    if (said.size() > REMEMBERED_MAX) {
      said.clear();
    }
    Said now = new Said(number, System.nanoTime());
    Said before = said.put(sequence, now);
    if (before != null
        && before.number() == number
        && now.atNanos() - before.atNanos() < QUIET.toNanos()) {
      said.put(sequence, before);
      return false;
    }
    return true;
  }
}
