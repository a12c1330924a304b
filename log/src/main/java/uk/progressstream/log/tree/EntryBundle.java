package uk.progressstream.log.tree;

import java.nio.ByteBuffer;

/** A bundle of entries: each with its length in front, 16 bits, big-endian (C2SP tlog-tiles). */
public final class EntryBundle {
  private static final int LENGTH_BYTES = 2;
  private static final int ENTRY_BYTES_MAX = 0xffff;

  private EntryBundle() {}

  /** One entry as a bundle has it. */
  public static byte[] encode(byte[] entry) {
    if (entry.length > ENTRY_BYTES_MAX) {
      throw new IllegalArgumentException("an entry has at most 65,535 bytes");
    }
    return ByteBuffer.allocate(LENGTH_BYTES + entry.length)
        .putShort((short) entry.length)
        .put(entry)
        .array();
  }
}
