package uk.progressstream.provisioning.testing;

import java.util.UUID;

/**
 * Who is who in an attack. The seed makes rows of {@code schoolClass} in {@code school}; the
 * attackers come from the others.
 *
 * @param account holds the genuine scope
 * @param school the attacked school
 * @param schoolClass the attacked class
 * @param otherClass another class of the same school
 * @param otherSchool another school
 * @param classElsewhere a class of that other school
 */
public record Cells(
    UUID account,
    UUID school,
    UUID schoolClass,
    UUID otherClass,
    UUID otherSchool,
    UUID classElsewhere) {

  static Cells random() {
    return new Cells(
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID());
  }
}
