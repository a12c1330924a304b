package uk.progressstream.audit.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import uk.progressstream.provisioning.pki.CredentialFiles;

/**
 * A real Kafka broker with its own controller (KRaft) in this process; mutual TLS, nothing else.
 */
final class KafkaServer {
  private final Properties settings = new Properties();
  private KafkaRaftServer running;

  /**
   * Formats a directory and starts on it.
   *
   * @param port where clients connect
   * @param controllerPort where the controller listens
   */
  KafkaServer(int port, int controllerPort, Path data, CredentialFiles own, Path authority)
      throws Exception {
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "listeners", "SSL://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
            "advertised.listeners", "SSL://localhost:" + port,
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "SSL:SSL,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name", "SSL",
            "controller.quorum.voters", "1@localhost:" + controllerPort,
            "log.dirs", data.toString()));
    settings.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "group.initial.rebalance.delay.ms", "0",
            "auto.create.topics.enable", "false",
            "log.cleaner.enable", "false",
            "num.io.threads", "2",
            "num.network.threads", "1"));
    settings.putAll(tls(own, authority));
    format(data);
    start();
  }

  void start() {
    running = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    running.startup();
  }

  void stop() {
    running.shutdown();
    running.awaitShutdown();
  }

  private static Map<String, String> tls(CredentialFiles own, Path authority) throws IOException {
    return Map.of(
        "ssl.keystore.type", "PEM",
        "ssl.keystore.certificate.chain", Files.readString(own.certificate()),
        "ssl.keystore.key", Files.readString(own.key()),
        "ssl.truststore.type", "PEM",
        "ssl.truststore.certificates", Files.readString(authority),
        "ssl.client.auth", "required",
        "ssl.enabled.protocols", "TLSv1.3");
  }

  private static void format(Path data) throws Exception {
    Formatter formatter = new Formatter();
    formatter.setClusterId(Uuid.randomUuid().toString());
    formatter.setNodeId(1);
    formatter.setDirectories(List.of(data.toString()));
    formatter.setMetadataLogDirectory(data.toString());
    formatter.setControllerListenerName("CONTROLLER");
    formatter.setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
    formatter.setIgnoreFormatted(false);
    formatter.run();
  }
}
