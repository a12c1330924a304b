package uk.progressstream.transport.pubsub;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.rpc.TransportChannelProvider;

/**
 * Which Pub/Sub, and as whom.
 *
 * @param project of topic and subscription
 * @param channels to its address
 * @param credentials that it asks for
 */
public record PubSubConnection(
    String project, TransportChannelProvider channels, CredentialsProvider credentials) {}
