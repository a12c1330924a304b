package uk.progressstream.system.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import uk.progressstream.system.document.Operation;

/** What RFC 9110 has to say about requests that are not the usual ones. */
final class Oddities {
  private static final int LARGE_BYTES = 60_000;
  private static final int OVER_LIMIT_BYTES = (2 << 20) + 1;
  private static final String JSON = "application/json";
  private static final String TYPE = "Content-Type";

  private static final Predicate<Operation> ANY = operation -> true;
  private static final Predicate<Operation> READS = operation -> operation.method().equals("GET");
  private static final Predicate<Operation> TAKES_BODY =
      operation -> operation.request().isPresent();
  private static final Predicate<Operation> TAKES_JSON =
      operation -> operation.request().filter(type -> type.getKey().equals(JSON)).isPresent();
  private static final Predicate<Operation> HELD_IN_MEMORY =
      TAKES_BODY.and(operation -> !operation.id().equals("upload"));
  private static final Predicate<Operation> ANSWERS_WITH_BODY =
      operation ->
          operation.status() < 300
              && !operation.response(operation.status()).path("content").isEmpty();

  private Oddities() {}

  static List<Oddity> all() {
    return Stream.of(methods(), negotiation(), types(), bodies(), addresses())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Oddity> methods() {
    return List.of(
        Oddity.of(
                "OPTIONS without a token",
                ANY,
                a -> a.method("OPTIONS").without("Authorization").body(""),
                204)
            .and(Oddities::allows),
        Oddity.of("PATCH", ANY, a -> a.method("PATCH"), 405).and(Oddities::allows),
        Oddity.of("TRACE", ANY, a -> a.method("TRACE").body(""), 405).and(Oddities::allows),
        Oddity.of("an unknown method", ANY, a -> a.method("BREW"), 405, 501),
        Oddity.of("an unknown expectation", ANY, a -> a.with("Expect", "magic"), 417));
  }

  private static List<Oddity> negotiation() {
    return List.of(
        Oddity.of(
            "no type that is served", ANSWERS_WITH_BODY, a -> a.with("Accept", "image/png"), 406),
        Oddity.of("no type at all", ANSWERS_WITH_BODY, a -> a.with("Accept", "*/*;q=0"), 406),
        Oddity.of(
                "a type of less quality", READS, a -> a.with("Accept", "image/png, */*;q=0.5"), 200)
            .and(Oddities::asDeclared),
        Oddity.of("an Accept that is none", READS, a -> a.with("Accept", ";;,q=1"), 200)
            .and(Oddities::asDeclared),
        Oddity.of("a range", READS, a -> a.with("Range", "bytes=0-3"), 200, 206),
        Oddity.of("a range that is none", READS, a -> a.with("Range", "rows=x"), 200),
        Oddity.of("a condition on a tag", READS, a -> a.with("If-None-Match", "*"), 200, 304)
            .and(
                (operation, reply) ->
                    assertThat(reply.status() == 304).isEqualTo(isTagged(operation))),
        Oddity.of(
            "a condition that fails",
            READS.and(Oddities::isTagged),
            a -> a.with("If-Match", "\"x\""),
            412),
        Oddity.of(
            "a date in the past",
            READS,
            a -> a.with("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"),
            200));
  }

  private static List<Oddity> types() {
    return List.of(
        unsupported("no type, small", a -> a.without(TYPE)),
        unsupported("no type, large", a -> a.without(TYPE).body("x".repeat(LARGE_BYTES))),
        unsupported("another type, small", a -> type(a, "application/xml")),
        unsupported("another type, large", a -> type(a, "image/png").body("x".repeat(LARGE_BYTES))),
        unsupported("a type with a suffix", a -> type(a, "application/vnd.school+json")),
        unsupported("a range for a type", a -> type(a, "*/*")),
        unsupported("a type that is none", a -> type(a, ";;")),
        Oddity.of("two types", TAKES_BODY, a -> a.with(TYPE, "text/html"), 400),
        Oddity.of("a coded body", TAKES_BODY, a -> a.with("Content-Encoding", "gzip"), 415)
            .and(
                (operation, reply) ->
                    assertThat(reply.header("Accept-Encoding")).contains("identity")),
        Oddity.of("an unknown coding", TAKES_BODY, a -> a.with("Content-Encoding", "rot13"), 415));
  }

  private static List<Oddity> bodies() {
    List<Oddity> bodies = new ArrayList<>();
    for (String body :
        List.of(
            "",
            "null",
            "[]",
            "\"x\"",
            "{",
            "7",
            "{} {}",
            "{\"a\": 1, \"a\": 2}",
            "[".repeat(LARGE_BYTES),
            "{\"a\": " + "9".repeat(LARGE_BYTES) + "}",
            "{\"a\": 1e999999999}")) {
      String name = body.substring(0, Math.min(20, body.length()));
      bodies.add(Oddity.of("the body " + name, TAKES_JSON, a -> a.body(body), 400));
    }
    bodies.add(
        Oddity.of(
            "a body that is no UTF-8",
            TAKES_JSON,
            a -> a.body("{\"reason\": \"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1)),
            400));
    bodies.add(Oddity.of("a byte order mark", TAKES_JSON, a -> a.body("\ufeff{}"), 400));
    bodies.add(
        Oddity.of(
            "a body over the limit",
            HELD_IN_MEMORY,
            a -> a.body("x".repeat(OVER_LIMIT_BYTES)),
            413));
    bodies.add(
        Oddity.of(
            "a body over the limit, in chunks",
            HELD_IN_MEMORY,
            a -> a.with("Transfer-Encoding", "chunked").body("x".repeat(OVER_LIMIT_BYTES)),
            413));
    return bodies;
  }

  private static List<Oddity> addresses() {
    return List.of(
        Oddity.of(
            "half an escape in the path",
            ANY,
            a -> a.target(a.target().replaceFirst("(?=\\?|$)", "%z")),
            400),
        Oddity.of("half an escape in the query", ANY, a -> a.query("odd", "%z"), 400),
        Oddity.of("a dry run maybe", hasQuery("dryRun"), a -> a.query("dryRun", "maybe"), 400),
        Oddity.of("a dry run of no value", hasQuery("dryRun"), a -> a.query("dryRun", ""), 400),
        Oddity.of("NUL in the query", ANY, a -> a.query("odd", "%00"), 400),
        Oddity.of(
            "a limit that is no number", hasQuery("limit"), a -> a.query("limit", "many"), 400),
        Oddity.of(
            "a limit that is too large a number",
            hasQuery("limit"),
            a -> a.query("limit", "99999999999"),
            400),
        Oddity.of("a limit below nothing", hasQuery("limit"), a -> a.query("limit", "-1"), 400),
        Oddity.of("a cursor that is none", hasQuery("after"), a -> a.query("after", "%F0%9F"), 400),
        Oddity.of(
            "a parameter twice",
            hasQuery("limit"),
            a -> a.target(a.query("limit", "1").target() + "&limit=2"),
            400),
        Oddity.of("a parameter that it does not know", ANY, a -> a.query("odd", "1"), 400),
        Oddity.of("an id that is none", hasPathId(), Oddities::withoutId, 404),
        Oddity.of(
            "an address that is too long", ANY, a -> a.query("odd", "x".repeat(40_000)), 414));
  }

  private static Oddity unsupported(String name, java.util.function.UnaryOperator<Attempt> change) {
    return Oddity.of(name, TAKES_BODY, change, 415)
        .and(
            (operation, reply) ->
                assertThat(reply.header("Accept").orElse(""))
                    .contains(operation.request().orElseThrow().getKey()));
  }

  private static Attempt type(Attempt attempt, String type) {
    return attempt.without(TYPE).with(TYPE, type);
  }

  /** The last id of the path is made one that nothing has. */
  private static Attempt withoutId(Attempt attempt) {
    return attempt.target(attempt.target().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "1-1-1-1-1"));
  }

  private static Predicate<Operation> hasPathId() {
    return operation -> operation.path().matches(".*\\{(?!path|purpose|step|role).*");
  }

  private static Predicate<Operation> hasQuery(String name) {
    return operation ->
        StreamSupport.stream(operation.node().path("parameters").spliterator(), false)
            .anyMatch(
                parameter ->
                    parameter.path("name").asText().equals(name)
                        && parameter.path("in").asText().equals("query"));
  }

  private static boolean isTagged(Operation operation) {
    return operation.response(operation.status()).path("headers").has("ETag");
  }

  private static void allows(Operation operation, Reply reply) {
    assertThat(reply.header("Allow").orElse("").split(", ", -1))
        .contains(operation.method(), "OPTIONS");
  }

  /** The type is one of the document's, and says nothing of what was asked. */
  private static void asDeclared(Operation operation, Reply reply) {
    assertThat(operation.response(200).path("content").properties())
        .anyMatch(type -> type.getKey().split(";", 2)[0].equals(reply.mediaType()));
    assertThat(reply.header("Content-Type").orElse("")).doesNotContain("q=");
  }
}
