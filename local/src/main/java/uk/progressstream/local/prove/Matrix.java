package uk.progressstream.local.prove;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Variant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The policy's clauses and what was proved of each.
 *
 * @param at when
 * @param verdicts one a clause, in the policy's order
 */
public record Matrix(Instant at, List<ClauseVerdict> verdicts) {

  /** Sorts results by clause; a result that proves several counts for each. */
  static Matrix of(Instant at, Collection<Clause> clauses, List<ProofResult> results) {
    return new Matrix(
        at,
        clauses.stream()
            .sorted()
            .map(
                clause ->
                    new ClauseVerdict(
                        clause,
                        results.stream()
                            .filter(result -> result.clauses().contains(clause.name()))
                            .toList()))
            .toList());
  }

  /** Whether a proof failed; an open clause is no failure, and no success. */
  boolean failed() {
    return verdicts.stream().anyMatch(verdict -> verdict.verdict().equals("failed"));
  }

  /** A line a clause. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (ClauseVerdict each : verdicts) {
      text.append(
          "%-4s%-8s%5d of %-5d%8.1f s  %s%n"
              .formatted(
                  each.clause(),
                  each.verdict(),
                  each.passed(),
                  each.proofs().size(),
                  each.seconds(),
                  each.clause().title()));
      each.proofs().stream()
          .filter(proof -> !proof.passed())
          .forEach(
              proof ->
                  text.append(
                      "      %s: %s (%s)%n"
                          .formatted(proof.result(), proof.attacked(), proof.where())));
    }
    return text.toString();
  }

  /** For programs. */
  String json() {
    JsonArray clauses = new JsonArray();
    verdicts.forEach(verdict -> clauses.add(json(verdict)));
    return new JsonObject().put("at", at.toString()).put("clauses", clauses).encodePrettily();
  }

  /** For a school's data protection officer. */
  String html() throws IOException {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    try (InputStream in = Matrix.class.getResourceAsStream("/prove/matrix.html")) {
      String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return engine
          .parse(template, Variant.forContentType(Variant.TEXT_HTML))
          .data("at", at.toString())
          .data("verdicts", verdicts)
          .render();
    }
  }

  private static JsonObject json(ClauseVerdict verdict) {
    JsonArray proofs = new JsonArray();
    verdict
        .proofs()
        .forEach(
            proof ->
                proofs.add(
                    new JsonObject()
                        .put("attacked", proof.attacked())
                        .put("where", proof.where())
                        .put("result", proof.result())
                        .put("durationMs", proof.durationMs())));
    return new JsonObject()
        .put("clause", verdict.clause().name())
        .put("title", verdict.clause().title())
        .put("verdict", verdict.verdict())
        .put("proofs", proofs);
  }
}
