package uk.progressstream.provisioning.proof;

import java.util.Set;

/**
 * What came of one test.
 *
 * @param clauses which it proves
 * @param attacked its display name, with those of the containers around it
 * @param module the Maven module
 * @param testClass full name
 * @param result passed, failed, aborted or skipped
 * @param durationMs wall clock
 */
record Proof(
    Set<String> clauses,
    String attacked,
    String module,
    String testClass,
    String result,
    long durationMs) {

  String json() {
    return "{\"clauses\":[%s],\"attacked\":%s,\"module\":%s,\"testClass\":%s,\"result\":%s,\"durationMs\":%d}"
        .formatted(
            String.join(",", clauses.stream().map(Proof::quoted).toList()),
            quoted(attacked),
            quoted(module),
            quoted(testClass),
            quoted(result),
            durationMs);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
