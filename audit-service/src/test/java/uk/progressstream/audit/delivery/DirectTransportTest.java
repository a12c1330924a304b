package uk.progressstream.audit.delivery;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import uk.progressstream.audit.TestLog;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.provisioning.testing.ServiceTestResource;

@QuarkusTest
@WithTestResource(TestLog.class)
@WithTestResource(
    value = OwnLogResource.class,
    initArgs = @ResourceArg(name = "wired", value = "true"))
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class DirectTransportTest extends EventTransportContract {
  private static Wire wire;

  @Override
  Broker broker() {
    return wire;
  }

  /** Before the contract's own: it needs the wire. */
  @Override
  @BeforeEach
  void grades() throws Exception {
    if (wire == null) {
      int entrance = ConfigProvider.getConfig().getValue(OwnLogResource.WIRE, Integer.class);
      wire = new Wire(entrance, service.getPort());
    }
    super.grades();
  }

  @AfterAll
  static void cutWire() throws Exception {
    if (wire != null) {
      wire.close();
      wire = null;
    }
  }

  /** There is no topic that could hold any. */
  @Override
  void assertDeadLetter(Event bad) {}
}
