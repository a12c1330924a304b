package uk.progressstream.system.benchmark;

import java.util.Arrays;

/** Order statistics of samples. */
final class Figures {
  private final double[] sorted;

  Figures(double[] samples) {
    this.sorted = samples.clone();
    Arrays.sort(sorted);
  }

  int count() {
    return sorted.length;
  }

  /**
   * The sample that a fraction of all do not exceed, by nearest rank.
   *
   * @param fraction over 0, at most 1
   */
  double quantile(double fraction) {
    int rank = (int) Math.ceil(fraction * sorted.length);
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, rank - 1)];
  }

  double median() {
    return quantile(0.5);
  }

  /** Median with the middle half of the samples, such as {@code 1.23 (1.20 to 1.27)}. */
  String spread(String format) {
    return (format + " (" + format + " to " + format + ")")
        .formatted(median(), quantile(0.25), quantile(0.75));
  }
}
