package uk.progressstream.log.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A SHA-256 hash in the tree (RFC 6962, section 2.1). */
public final class Hash {
  /** Length in bytes. */
  public static final int BYTES = 32;

  /** Root of the tree with no leaf: the hash of nothing. */
  public static final Hash EMPTY_TREE = new Hash(digest().digest());

  // Different first bytes keep a leaf from passing for a node and the other way round.
  static final byte LEAF = 0;
  static final byte NODE = 1;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of a leaf that holds an entry. */
  public static Hash ofEntry(byte[] entry) {
    MessageDigest digest = digest();
    digest.update(LEAF);
    return new Hash(digest.digest(entry));
  }

  /** The hash of a node over its two children. */
  public static Hash ofNode(Hash left, Hash right) {
    MessageDigest digest = digest();
    digest.update(NODE);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  /**
   * The hash that lies at an offset of a tile.
   *
   * @throws NotVerifiedException if the tile ends before it
   */
  public static Hash at(byte[] tile, int offsetBytes) {
    if (offsetBytes < 0 || offsetBytes + BYTES > tile.length) {
      throw new NotVerifiedException("a tile is shorter than the tree needs");
    }
    return new Hash(Arrays.copyOfRange(tile, offsetBytes, offsetBytes + BYTES));
  }

  /**
   * Reads {@link #base64}.
   *
   * @throws NotVerifiedException for anything but 32 bytes in canonical base64
   */
  public static Hash ofBase64(String text) {
    byte[] bytes = CanonicalBase64.decode(text);
    if (bytes.length != BYTES) {
      throw new NotVerifiedException("a hash has 32 bytes");
    }
    return new Hash(bytes);
  }

  /** Standard base64 with padding, as checkpoints and proofs write it. */
  public String base64() {
    return CanonicalBase64.encode(bytes);
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64();
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
