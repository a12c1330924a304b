package uk.progressstream.audit.delivery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.batching.FlowController;
import com.google.protobuf.ByteString;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.audit.TestLog;
import uk.progressstream.provisioning.ports.Ports;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.transport.Message;
import uk.progressstream.transport.pubsub.PubSubPublisher;

@QuarkusTest
@TestProfile(PubSubTransportTest.OverPubSub.class)
@WithTestResource(TestLog.class)
@WithTestResource(OwnLogResource.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class PubSubTransportTest extends BrokerContract {
  private static final int MORE_THAN_MAY_BE_OUT = 2_000;
  private static PubSubBroker broker;

  /** The service is told where its broker will be; it starts before the broker does. */
  public static class OverPubSub implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "ps.events.transport",
          "pubsub",
          "ps.events.pubsub-project",
          PubSubBroker.PROJECT,
          EmulatedCloud.PORT,
          Integer.toString(Ports.free()));
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(EmulatedCloud.class);
    }
  }

  @BeforeAll
  static void startEmulator() throws Exception {
    Optional<Path> jar = PubSubEmulator.jar();
    if (jar.isEmpty()) {
      String why =
          "PUB/SUB IS NOT TESTED: no emulator beside gcloud or kubectl, none named by "
              + PubSubEmulator.JAR;
      System.out.println(why);
      Assumptions.abort(why);
    }
    int port = ConfigProvider.getConfig().getValue(EmulatedCloud.PORT, Integer.class);
    broker = new PubSubBroker(jar.get(), port);
  }

  @AfterAll
  static void stopEmulator() throws Exception {
    if (broker != null) {
      broker.close();
    }
  }

  @Override
  Broker broker() {
    return broker;
  }

  @Test
  @DisplayName(
      "while the broker is silent only so much is sent, then a key fails; it is resumed after that")
  void aFailedKeyIsResumed() throws Exception {
    int port = ConfigProvider.getConfig().getValue(EmulatedCloud.PORT, Integer.class);
    String key = UUID.randomUUID().toString();
    Message message = new Message(key, ByteString.copyFromUtf8("x"));
    try (PubSubPublisher publisher =
        new PubSubPublisher(
            PubSubEmulator.connection(PubSubBroker.PROJECT, port), PubSubBroker.UNREAD)) {
      send(publisher, List.of(message));
      broker.goesAway();
      try {
        assertThatThrownBy(
                () -> send(publisher, Collections.nCopies(MORE_THAN_MAY_BE_OUT, message)))
            .hasCauseInstanceOf(FlowController.FlowControlException.class);
      } finally {
        broker.comesBack();
      }

      OutboxRelayTest.until(() -> goesThrough(publisher, message));
    }
  }

  private static boolean goesThrough(PubSubPublisher publisher, Message message) throws Exception {
    try {
      send(publisher, List.of(message));
      return true;
    } catch (ExecutionException notYet) {
      return false;
    }
  }

  private static void send(PubSubPublisher publisher, List<Message> messages) throws Exception {
    publisher.publish(messages).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
