package uk.progressstream.system.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Prints what was measured, and fails at the end if a limit was missed. */
final class Report {
  private final List<String> missed = new ArrayList<>();

  Report(String title) {
    say("");
    say(title);
    say(
        "%d processors, Java %s, load average %.1f at the beginning"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                    .getSystemLoadAverage()));
  }

  /** A line of its own. */
  void line(String format, Object... arguments) {
    say(format.formatted(arguments));
  }

  /** A figure that must not be over its limit. */
  void atMost(String what, double value, double limit, String unit) {
    verdict(what, value <= limit, value, "at most", limit, unit);
  }

  /** A figure that must not be under its limit. */
  void atLeast(String what, double value, double limit, String unit) {
    verdict(what, value >= limit, value, "at least", limit, unit);
  }

  /** Fails if a limit was missed. */
  void close() {
    if (!missed.isEmpty()) {
      throw new AssertionError("limits missed: " + String.join("; ", missed));
    }
  }

  private void verdict(
      String what, boolean held, double value, String bound, double limit, String unit) {
    String text = "%s: %.2f%s, limit %s %.2f%s".formatted(what, value, unit, bound, limit, unit);
    say((held ? "  held    " : "  MISSED  ") + text);
    if (!held) {
      missed.add(text);
    }
  }

  @SuppressWarnings("SystemOut")
  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
