package uk.progressstream.log.tree;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Hashes rows of at most 256 leaves or nodes that lie side by side, as a tile has them. Makes one
 * digest for all of them and nothing for each: that is what a verifier of a million leaves spends
 * its time on. Not for several threads.
 */
public final class RowHasher {
  private static final int LENGTH_BYTES = 2;

  private final MessageDigest sha256 = Hash.digest();
  private final byte[] work = new byte[TileId.FULL_WIDTH * Hash.BYTES];

  /**
   * The hashes of the leaves that hold the entries of a bundle.
   *
   * @param bundle entries, each with its length in front (C2SP tlog-tiles)
   * @param count how many it must have
   * @throws NotVerifiedException if it has fewer or more, or ends within one
   */
  public byte[] leaves(byte[] bundle, int count) {
    byte[] row = new byte[count * Hash.BYTES];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = entryLength(bundle, at);
      sha256.update(Hash.LEAF);
      sha256.update(bundle, at + LENGTH_BYTES, length);
      digestInto(row, i);
      at += LENGTH_BYTES + length;
    }
    if (at != bundle.length) {
      throw new NotVerifiedException("a bundle has more entries than the tree");
    }
    return row;
  }

  /**
   * Length of the entry that begins there.
   *
   * @throws NotVerifiedException if the bundle ends before the entry does
   */
  public static int entryLength(byte[] bundle, int at) {
    if (at + LENGTH_BYTES > bundle.length) {
      throw new NotVerifiedException("a bundle has fewer entries than the tree");
    }
    int length = (bundle[at] & 0xff) << Byte.SIZE | bundle[at + 1] & 0xff;
    if (at + LENGTH_BYTES + length > bundle.length) {
      throw new NotVerifiedException("a bundle of entries ends within an entry");
    }
    return length;
  }

  /**
   * The hash over a part of a row.
   *
   * @param from first hash, from 0
   * @param width how many, a power of two
   */
  public Hash combine(byte[] row, int from, int width) {
    if (width == 1) {
      return Hash.at(row, from * Hash.BYTES);
    }
    byte[] below = row;
    int start = from;
    for (int pairs = width / 2; pairs > 0; pairs /= 2) {
      for (int i = 0; i < pairs; i++) {
        sha256.update(Hash.NODE);
        sha256.update(below, (start + 2 * i) * Hash.BYTES, 2 * Hash.BYTES);
        digestInto(work, i);
      }
      below = work;
      start = 0;
    }
    return Hash.at(work, 0);
  }

  /** The complete subtrees that the first hashes of a row make up, largest first. */
  List<Hash> subtrees(byte[] row, int count) {
    List<Hash> hashes = new ArrayList<>();
    int start = 0;
    for (int width = TileId.FULL_WIDTH; width > 0; width /= 2) {
      if ((count & width) != 0) {
        hashes.add(combine(row, start, width));
        start += width;
      }
    }
    return hashes;
  }

  private void digestInto(byte[] row, int index) {
    try {
      sha256.digest(row, index * Hash.BYTES, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("a hash has 32 bytes", e);
    }
  }
}
