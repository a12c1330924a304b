package uk.progressstream.transport.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;

/**
 * How to reach a cluster: mutual TLS 1.3 with the service's own certificate, and no other way.
 *
 * @param brokers {@code host:port}, with commas
 * @param certificate PEM
 * @param key PKCS#8, PEM
 * @param authority PEM
 */
public record KafkaSettings(String brokers, Path certificate, Path key, Path authority) {
  /** An event's body has at most a mebibyte of characters; the topic must take as much. */
  private static final int MESSAGE_BYTES_MAX = 4 << 20;

  private static final int REQUEST_MS_MAX = 2_000;
  private static final int DELIVERY_MS_MAX = 4_000;
  private static final int CONNECT_MS_MAX = 3_000;

  Map<String, Object> forProducer() {
    Map<String, Object> all = common();
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS_MAX);
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS_MAX);
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CONNECT_MS_MAX);
    all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MESSAGE_BYTES_MAX);
    return all;
  }

  Map<String, Object> forConsumer(String group) {
    Map<String, Object> all = common();
    all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * MESSAGE_BYTES_MAX);
    all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MESSAGE_BYTES_MAX);
    return all;
  }

  private Map<String, Object> common() {
    Map<String, Object> all = new HashMap<>();
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    all.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SSL");
    all.put(SslConfigs.SSL_PROTOCOL_CONFIG, "TLSv1.3");
    all.put(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, "TLSv1.3");
    all.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
    all.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, text(certificate));
    all.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, text(key));
    all.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
    all.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, text(authority));
    all.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    all.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    all.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    return all;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
