package uk.progressstream.audit.delivery;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.ConfigProvider;
import uk.progressstream.transport.pubsub.PubSubConnection;

/** The service under test finds Pub/Sub on loopback instead of at Google. */
@Alternative
@Dependent
public class EmulatedCloud {
  static final String PORT = "ps.test.pubsub-port";

  @Produces
  PubSubConnection connection() {
    return PubSubEmulator.connection(
        PubSubBroker.PROJECT, ConfigProvider.getConfig().getValue(PORT, Integer.class));
  }
}
