package uk.progressstream.breach.clock;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the clock stands still: an operator should hear of it before a deadline does. */
@Readiness
@ApplicationScoped
public class ClockHealth implements HealthCheck {
  private static final Duration STANDS_STILL_AFTER = Duration.ofSeconds(30);

  private final ClockSweep sweep;

  ClockHealth(ClockSweep sweep) {
    this.sweep = sweep;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("breach-clock")
        .status(sweep.sinceLastSuccess().compareTo(STANDS_STILL_AFTER) < 0)
        .withData("secondsSinceSweep", sweep.sinceLastSuccess().toSeconds())
        .build();
  }
}
