package uk.progressstream.pseudonym.vault;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tries every postcode that the areas W and EC can have, hashed in every keyless way. */
final class PostcodeAttack {
  private static final String[] AREAS = {"W", "EC"};
  private static final String UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ";
  private static final int UNITS = UNIT_LETTERS.length() * UNIT_LETTERS.length();
  private static final int SECTORS = 10;
  // Districts 0 to 99, then 0A to 9Z.
  private static final int NUMBERED = 100;
  private static final int DISTRICTS = NUMBERED + 10 * 26;

  /** How many postcodes are tried. */
  static final int COUNT = AREAS.length * DISTRICTS * SECTORS * UNITS;

  private final UUID school;
  private final byte[] wrappedKey;

  /** What a thief knows: whose database it is, and the wrapped key in it. */
  PostcodeAttack(UUID school, byte[] wrappedKey) {
    this.school = school;
    this.wrappedKey = wrappedKey;
  }

  KeylessHashes keyless() {
    return new KeylessHashes(school, wrappedKey, "postcode", "postcode_hash");
  }

  /** Those hashes that a guess hits. */
  Set<ByteBuffer> hits(Set<ByteBuffer> targets) {
    ThreadLocal<KeylessHashes> hashes = ThreadLocal.withInitial(this::keyless);
    return IntStream.range(0, COUNT)
        .parallel()
        .boxed()
        .flatMap(i -> hashes.get().of(postcode(i)).stream())
        .filter(targets::contains)
        .collect(Collectors.toSet());
  }

  /** The postcode of this number, 0 to {@link #COUNT} - 1. */
  static String postcode(int number) {
    int unit = number % UNITS;
    int sector = number / UNITS % SECTORS;
    int district = number / UNITS / SECTORS % DISTRICTS;
    String area = AREAS[number / UNITS / SECTORS / DISTRICTS];
    return area
        + district(district)
        + " "
        + sector
        + UNIT_LETTERS.charAt(unit / UNIT_LETTERS.length())
        + UNIT_LETTERS.charAt(unit % UNIT_LETTERS.length());
  }

  private static String district(int number) {
    if (number < NUMBERED) {
      return Integer.toString(number);
    }
    int lettered = number - NUMBERED;
    return lettered / 26 + String.valueOf((char) ('A' + lettered % 26));
  }
}
