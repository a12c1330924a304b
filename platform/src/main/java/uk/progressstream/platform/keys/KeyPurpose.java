package uk.progressstream.platform.keys;

import java.util.regex.Pattern;

/**
 * What one data key of a school is for. No key serves two purposes.
 *
 * @param name lower case letters and hyphens, at most 32
 * @param kind what the key does
 */
public record KeyPurpose(String name, KeyKind kind) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,31}");

  /** Checks the name, since it becomes part of associated data. */
  public KeyPurpose {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a purpose");
    }
  }

  /** A purpose whose values are opened again. */
  public static KeyPurpose sealing(String name) {
    return new KeyPurpose(name, KeyKind.SEALING);
  }

  /** A purpose whose values are only compared. */
  public static KeyPurpose hashing(String name) {
    return new KeyPurpose(name, KeyKind.HASHING);
  }
}
