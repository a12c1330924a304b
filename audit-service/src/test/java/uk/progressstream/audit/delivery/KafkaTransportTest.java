package uk.progressstream.audit.delivery;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import uk.progressstream.audit.TestLog;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.provisioning.testing.ServiceTestResource;

@QuarkusTest
@TestProfile(KafkaTransportTest.OverKafka.class)
@WithTestResource(TestLog.class)
@WithTestResource(OwnLogResource.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class KafkaTransportTest extends BrokerContract {
  private static final String BROKERS = "ps.events.kafka-brokers";
  private static KafkaBroker broker;

  /** The service is told where its broker will be; it starts before the broker does. */
  public static class OverKafka implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("ps.events.transport", "kafka", BROKERS, "localhost:" + Ports.free());
    }
  }

  @BeforeAll
  static void startBroker() throws Exception {
    String brokers = ConfigProvider.getConfig().getValue(BROKERS, String.class);
    int port = Integer.parseInt(brokers.substring(brokers.indexOf(':') + 1));
    broker = new KafkaBroker(port, Ports.free());
  }

  @AfterAll
  static void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  @Override
  Broker broker() {
    return broker;
  }
}
