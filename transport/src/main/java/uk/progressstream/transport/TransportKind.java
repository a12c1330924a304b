package uk.progressstream.transport;

/** What carries events. */
public enum TransportKind {
  /** gRPC from each service to audit, no broker. */
  DIRECT,
  /** Google Pub/Sub, one message key a school. */
  PUBSUB,
  /** A Kafka cluster of one's own. */
  KAFKA
}
