package uk.progressstream.pseudonym.vault;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** The keyed hash by which a pupil is found, as a key of maps. */
final class Lookup implements Comparable<Lookup> {
  private final byte[] hash;

  Lookup(byte[] hash) {
    this.hash = hash.clone();
  }

  Buffer buffer() {
    return Buffer.buffer(hash);
  }

  /** As PostgreSQL compares {@code bytea}. */
  @Override
  public int compareTo(Lookup other) {
    return Arrays.compareUnsigned(hash, other.hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lookup lookup && Arrays.equals(hash, lookup.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }
}
