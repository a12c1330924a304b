package uk.progressstream.platform.scope;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Ids of tokens that tell, to the millisecond, when they were issued: UUIDs of version 7 (RFC 9562,
 * section 5.7). A scope's other times are whole seconds, and access can be lost and given again
 * within one.
 */
public final class TokenId {
  private static final int VERSION = 7;
  private static final long VERSION_BITS = 0x7000L;
  private static final long RANDOM_BITS = 0xfffL;
  private static final int TIME_SHIFT = 16;

  private TokenId() {}

  /** A new id of this moment; 74 of its bits are random. */
  public static UUID at(Instant moment) {
    UUID random = UUID.randomUUID();
    long high =
        moment.toEpochMilli() << TIME_SHIFT
            | VERSION_BITS
            | random.getMostSignificantBits() & RANDOM_BITS;
    return new UUID(high, random.getLeastSignificantBits());
  }

  /** The moment of an id; empty for one of another version, which tells none. */
  static Optional<Instant> moment(UUID id) {
    return id.version() == VERSION
        ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_SHIFT))
        : Optional.empty();
  }
}
