package uk.progressstream.local.demo;

/**
 * A measure against its limit.
 *
 * @param name what was measured
 * @param value what it came to
 * @param limit what it may be at the most
 * @param unit of both
 */
record Measure(String name, double value, double limit, String unit) {
  boolean holds() {
    return value < limit;
  }

  String line() {
    return "  %-58s %8.1f %-4s (limit %.0f)%s"
        .formatted(name, value, unit, limit, holds() ? "" : "  OVER");
  }
}
