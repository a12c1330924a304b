package uk.progressstream.ingest.value;

import uk.progressstream.ingest.finding.ProblemCode;

/**
 * Outcome of checking one cell: the value to go on with, or a code. A refused value is in neither.
 */
public sealed interface Checked<T> {

  /** The cell is good; the value is normalised. */
  record Good<T>(T value) implements Checked<T> {
    /** Says that it is good and no more: the value may be an enrollment id. */
    @Override
    public String toString() {
      return "Good";
    }
  }

  /**
   * The cell is refused.
   *
   * @param detail name of the scale or list that the hint should spell out, or empty
   */
  record Refused<T>(ProblemCode code, String detail) implements Checked<T> {}

  /** A good cell. */
  static <T> Checked<T> good(T value) {
    return new Good<>(value);
  }

  /** A refused cell. */
  static <T> Checked<T> refused(ProblemCode code) {
    return new Refused<>(code, "");
  }

  /** A refused cell whose hint spells out the list or scale of this name. */
  static <T> Checked<T> refused(ProblemCode code, String detail) {
    return new Refused<>(code, detail);
  }
}
