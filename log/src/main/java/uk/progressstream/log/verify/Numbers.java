package uk.progressstream.log.verify;

import java.util.Arrays;
import uk.progressstream.log.tree.NotVerifiedException;

/** The numbers of one sequence, in any order. */
final class Numbers {
  private static final int FIRST_LENGTH = 16;

  private long[] numbers = new long[FIRST_LENGTH];
  private int count;

  void add(long number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }

  /**
   * The last one, if they run from 1 with no gap and none twice.
   *
   * @param sequence what they are called where they do not
   */
  long last(String sequence) {
    long[] sorted = Arrays.copyOf(numbers, count);
    Arrays.sort(sorted);
    for (int i = 0; i < count; i++) {
      if (sorted[i] > i + 1L) {
        throw new NotVerifiedException("number " + (i + 1L) + " of " + sequence + " is missing");
      }
      if (sorted[i] <= i) {
        throw new NotVerifiedException(
            "number " + sorted[i] + " of " + sequence + " is there twice");
      }
    }
    return count;
  }
}
