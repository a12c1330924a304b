package uk.progressstream.platform.problem;

import io.micrometer.core.instrument.Metrics;

/**
 * The metric {@code ps.problems}: what was answered instead of what was asked for, by kind. Of a
 * caller without a genuine token it is all that stays.
 */
final class ProblemCount {
  private ProblemCount() {}

  static void one(Problem problem) {
    String type = problem.type();
    Metrics.counter("ps.problems", "problem", type.substring(type.lastIndexOf(':') + 1))
        .increment();
  }
}
