package uk.progressstream.local.prove;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What came of one test that proves clauses, as the test run left it.
 *
 * @param clauses names of the clauses
 * @param attacked what was attacked, and what should happen
 * @param where module and class
 * @param result {@code passed}, {@code failed}, {@code aborted} or {@code skipped}
 * @param durationMs wall clock
 */
public record ProofResult(
    List<String> clauses, String attacked, String where, String result, long durationMs) {

  static ProofResult of(JsonObject json) {
    String testClass = json.getString("testClass");
    return new ProofResult(
        json.getJsonArray("clauses").stream().map(Object::toString).toList(),
        json.getString("attacked"),
        json.getString("module") + ": " + testClass.substring(testClass.lastIndexOf('.') + 1),
        json.getString("result"),
        json.getLong("durationMs"));
  }

  boolean passed() {
    return result.equals("passed");
  }
}
