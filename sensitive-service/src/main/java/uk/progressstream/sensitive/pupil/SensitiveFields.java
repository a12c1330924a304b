package uk.progressstream.sensitive.pupil;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The sensitive fields of one pupil, as codes; empty where not said. Never printed.
 *
 * @param senProvision N, K or E
 * @param senTypes ranked, distinct
 * @param pupilPremium why the pupil attracts it
 * @param fsm free school meals now
 * @param fsm6 free school meals in the last six years
 * @param eal first language
 * @param lookedAfter looked after by a local authority
 * @param serviceChild a parent in the forces
 * @param ethnicity census code
 */
record SensitiveFields(
    String senProvision,
    List<String> senTypes,
    String pupilPremium,
    String fsm,
    String fsm6,
    String eal,
    String lookedAfter,
    String serviceChild,
    String ethnicity) {
  /**
   * Length of every record before sealing; the length of a sealed record must not tell its content.
   */
  static final int BYTES = 128;

  /** Of a pupil of whom nothing was ever said. */
  static final SensitiveFields UNSAID =
      new SensitiveFields("", List.of(), "", "", "", "", "", "", "");

  private static final String VERSION = "1";
  private static final int PARTS = 10;

  SensitiveFields {
    senTypes = List.copyOf(senTypes);
  }

  /**
   * These fields, and what was said earlier where they say nothing: a file need not have every
   * column. Types of special needs belong to their provision: a new provision that comes without
   * types ends the old ones.
   */
  SensitiveFields over(SensitiveFields earlier) {
    String provision = later(senProvision, earlier.senProvision);
    boolean sameProvision = provision.equals(earlier.senProvision);
    return new SensitiveFields(
        provision,
        senTypes.isEmpty() && sameProvision ? earlier.senTypes : senTypes,
        later(pupilPremium, earlier.pupilPremium),
        later(fsm, earlier.fsm),
        later(fsm6, earlier.fsm6),
        later(eal, earlier.eal),
        later(lookedAfter, earlier.lookedAfter),
        later(serviceChild, earlier.serviceChild),
        later(ethnicity, earlier.ethnicity));
  }

  /**
   * The one text of these fields, padded to {@link #BYTES}.
   *
   * @throws IllegalArgumentException if they are longer than any that {@link FieldCodes} lets pass
   */
  byte[] canonical() {
    String text =
        String.join(
            "|",
            VERSION,
            senProvision,
            String.join(",", senTypes),
            pupilPremium,
            fsm,
            fsm6,
            eal,
            lookedAfter,
            serviceChild,
            ethnicity);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > BYTES) {
      throw new IllegalArgumentException("fields are too long");
    }
    byte[] padded = Arrays.copyOf(bytes, BYTES);
    Arrays.fill(padded, bytes.length, BYTES, (byte) ' ');
    return padded;
  }

  /**
   * Reads {@link #canonical}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static SensitiveFields of(byte[] canonical) {
    String[] part = new String(canonical, StandardCharsets.UTF_8).stripTrailing().split("\\|", -1);
    if (part.length != PARTS || !part[0].equals(VERSION)) {
      throw new IllegalArgumentException("not a record of fields");
    }
    List<String> types = part[2].isEmpty() ? List.of() : Arrays.asList(part[2].split(",", -1));
    return new SensitiveFields(
        part[1], types, part[3], part[4], part[5], part[6], part[7], part[8], part[9]);
  }

  private static String later(String said, String earlier) {
    return said.isEmpty() ? earlier : said;
  }

  @Override
  public String toString() {
    return "SensitiveFields[hidden]";
  }
}
