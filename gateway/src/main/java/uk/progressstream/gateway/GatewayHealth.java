package uk.progressstream.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the one loop that serves everybody goes round. */
@Liveness
@Readiness
@ApplicationScoped
public class GatewayHealth implements HealthCheck {
  private static final Duration STUCK_MAX = Duration.ofSeconds(10);

  private final GatewayStart gateway;
  private final Duration stuckMax;

  GatewayHealth(GatewayStart gateway, GatewaySettings settings) {
    this.gateway = gateway;
    this.stuckMax = STUCK_MAX.plus(settings.pace().look());
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("event-loop")
        .status(gateway.stuckFor().compareTo(stuckMax) < 0)
        .build();
  }
}
