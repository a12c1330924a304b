package uk.progressstream.audit.delivery;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.platform.outbox.EventTransport;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.transport.BrokerTransport;
import uk.progressstream.transport.Message;
import uk.progressstream.transport.kafka.KafkaPublisher;
import uk.progressstream.transport.kafka.KafkaSettings;
import uk.progressstream.transport.signature.EventSigner;

/** A Kafka broker with the topics as an operator would make them. */
final class KafkaBroker implements Broker {
  static final String TOPIC = "progress-stream.events";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final int port;
  private final Path authority;
  private final KafkaServer server;
  private final CredentialFiles operator;

  KafkaBroker(int port, int controllerPort) throws Exception {
    this.port = port;
    TestKit kit = TestKit.current();
    this.authority = kit.authorityFile();
    this.operator = kit.filesOf("kafka");
    Path data = Files.createDirectory(kit.directory().resolve("kafka"));
    this.server = new KafkaServer(port, controllerPort, data, operator, authority);
    try (Admin admin = Admin.create(client(operator))) {
      Map<String, String> largeMessages = Map.of("max.message.bytes", "4194304");
      admin
          .createTopics(
              List.of(
                  new NewTopic(TOPIC, 3, (short) 1).configs(largeMessages),
                  new NewTopic(TOPIC + ".refused", 1, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
  }

  @Override
  public EventTransport transportOf(CredentialFiles own, EventSink log) {
    return new BrokerTransport(
        new KafkaPublisher(settings(own), TOPIC),
        EventSigner.of(own.certificate(), own.keyDer()),
        log,
        PATIENCE,
        PATIENCE);
  }

  @Override
  public void goesAway() {
    server.stop();
  }

  @Override
  public void comesBack() {
    server.start();
  }

  @Override
  public void inject(String key, ByteString value) throws Exception {
    try (KafkaPublisher publisher = new KafkaPublisher(settings(operator), TOPIC)) {
      publisher
          .publish(List.of(new Message(key, value)))
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    }
  }

  @Override
  public List<ByteString> deadLetters(int expected) {
    Map<String, Object> all = client(operator);
    all.put("group.id", UUID.randomUUID().toString());
    all.put("auto.offset.reset", "earliest");
    List<ByteString> found = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(TOPIC + ".refused"));
      while (found.size() < expected && System.nanoTime() < deadline) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(each -> found.add(ByteString.copyFrom(each.value())));
      }
    }
    return found;
  }

  @Override
  public void close() {
    server.stop();
  }

  private KafkaSettings settings(CredentialFiles own) {
    return new KafkaSettings("localhost:" + port, own.certificate(), own.key(), authority);
  }

  private Map<String, Object> client(CredentialFiles own) {
    return new java.util.HashMap<>(
        Map.of(
            "bootstrap.servers",
            "localhost:" + port,
            "security.protocol",
            "SSL",
            "ssl.keystore.type",
            "PEM",
            "ssl.keystore.certificate.chain",
            read(own.certificate()),
            "ssl.keystore.key",
            read(own.key()),
            "ssl.truststore.type",
            "PEM",
            "ssl.truststore.certificates",
            read(authority)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
