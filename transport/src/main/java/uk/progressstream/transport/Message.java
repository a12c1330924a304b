package uk.progressstream.transport;

import com.google.protobuf.ByteString;

/**
 * What a broker carries.
 *
 * @param key messages of one key stay in their order
 * @param value opaque to the broker
 */
public record Message(String key, ByteString value) {}
