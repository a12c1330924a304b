package uk.progressstream.platform.scope;

import java.util.UUID;

/** One class of one school. */
public record ClassCell(UUID school, UUID schoolClass) implements Comparable<ClassCell> {

  /** {@code <school>/<class>}, as in the canonical text. */
  public String text() {
    return school + "/" + schoolClass;
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException if it is not two UUIDs
   */
  public static ClassCell of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a class cell");
    }
    return new ClassCell(
        UUID.fromString(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
  }

  @Override
  public int compareTo(ClassCell other) {
    return text().compareTo(other.text());
  }
}
