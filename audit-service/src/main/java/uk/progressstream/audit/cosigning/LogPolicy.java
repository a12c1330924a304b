package uk.progressstream.audit.cosigning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import uk.progressstream.log.witness.WitnessPolicy;

/** Reads the policy at start; without it the service does not run. */
@ApplicationScoped
class LogPolicy {

  @Produces
  @Singleton
  WitnessPolicy policy(CosigningConfig config) {
    try {
      return WitnessPolicy.of(Files.readString(config.policy()));
    } catch (IOException e) {
      throw new IllegalStateException("the log's witness policy cannot be read", e);
    }
  }
}
