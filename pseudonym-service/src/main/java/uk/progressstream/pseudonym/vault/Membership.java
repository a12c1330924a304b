package uk.progressstream.pseudonym.vault;

import java.util.UUID;

/** A pupil is in a class. */
record Membership(UUID psId, UUID schoolClass) implements Comparable<Membership> {

  @Override
  public int compareTo(Membership other) {
    int byPupil = psId.toString().compareTo(other.psId.toString());
    return byPupil != 0 ? byPupil : schoolClass.toString().compareTo(other.schoolClass.toString());
  }
}
