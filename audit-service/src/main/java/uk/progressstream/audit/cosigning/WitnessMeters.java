package uk.progressstream.audit.cosigning;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Says how witnesses answer: in metrics always, in the log where somebody has to act. */
@ApplicationScoped
public class WitnessMeters {
  private static final Logger LOG = Logger.getLogger(WitnessMeters.class);
  private static final String CONFLICTS = "audit.witness.conflicts";

  private final MeterRegistry meters;

  WitnessMeters(MeterRegistry meters) {
    this.meters = meters;
    // There from the start, so that an alarm on it has something to look at.
    meters.counter(CONFLICTS);
  }

  void cosigned(String witness) {
    meters.counter("audit.witness.cosignatures", "witness", witness).increment();
  }

  void failed(String witness, String reason) {
    meters.counter("audit.witness.failures", "witness", witness, "reason", reason).increment();
    LOG.warnf("a witness did not cosign: %s, %s", witness, reason);
  }

  /** The log is not the one that a witness saw: set back, or rewritten. */
  void conflict(String witness) {
    meters.counter(CONFLICTS).increment();
    LOG.errorf(
        "the log does not continue what witness %s cosigned: docs/runbooks/audit-log.md", witness);
  }
}
