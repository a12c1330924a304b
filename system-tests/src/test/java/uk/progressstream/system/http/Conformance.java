package uk.progressstream.system.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.system.document.Answers;
import uk.progressstream.system.document.Documents;
import uk.progressstream.system.document.ExampleRun;
import uk.progressstream.system.document.Operation;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** Every route of every document answers odd requests as RFC 9110 has it, through one door. */
@ExtendWith(WholeSystem.class)
abstract class Conformance {
  private static final Duration TOKEN_FOR = Duration.ofMinutes(3);

  private final Door door;
  private final RunningSystem system;
  private final Documents documents;
  private final ExampleRun examples;
  private final Map<String, Instant> tokenSince = new HashMap<>();
  private final KeptWires wires;

  Conformance(Door door, RunningSystem system) {
    this.door = door;
    this.wires = new KeptWires(system);
    this.system = system;
    this.documents = Documents.of(system);
    this.examples = new ExampleRun(system, documents);
  }

  @TestFactory
  @DisplayName("Odd requests are answered, by the right status and as problems")
  Stream<DynamicContainer> oddities() {
    return documents.operations().stream()
        .filter(operation -> operation.skipReason().isEmpty())
        .map(operation -> DynamicContainer.dynamicContainer(operation.toString(), of(operation)));
  }

  @TestFactory
  @DisplayName("HEAD is answered with the head of GET")
  Stream<DynamicTest> heads() {
    return of(operation -> operation.method().equals("GET"), this::head);
  }

  @TestFactory
  @DisplayName("A client that waits for 100 gets it, or a last answer")
  Stream<DynamicTest> continues() {
    return of(operation -> operation.request().isPresent(), this::continued);
  }

  @TestFactory
  @DisplayName("HTTP/1.0 is answered and closed")
  Stream<DynamicTest> old() {
    return of(operation -> operation.method().equals("GET"), this::old);
  }

  @AfterEach
  void close() {
    wires.close();
  }

  private Stream<DynamicTest> of(Predicate<Operation> which, Check check) {
    return documents.operations().stream()
        .filter(which)
        .filter(operation -> operation.skipReason().isEmpty())
        .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> check.of(operation)));
  }

  private Stream<DynamicTest> of(Operation operation) {
    Attempt example = example(operation);
    return Oddities.all().stream()
        .filter(oddity -> oddity.of().test(operation))
        .map(
            oddity ->
                DynamicTest.dynamicTest(oddity.name(), () -> attempt(operation, example, oddity)));
  }

  private Attempt example(Operation operation) {
    Optional<String> token = operation.account().map(this::freshToken);
    return Attempt.of(examples.prepared(operation), token);
  }

  /** Not one that ends before the operation's last oddity. */
  private String freshToken(String account) {
    Instant since = tokenSince.computeIfAbsent(account, key -> Instant.now());
    if (since.plus(TOKEN_FOR).isBefore(Instant.now())) {
      examples.forgetToken(account);
      tokenSince.put(account, Instant.now());
    }
    return examples.token(account);
  }

  private void attempt(Operation operation, Attempt example, Oddity oddity) throws IOException {
    Reply reply = wires.exchange(door, service(operation), oddity.change().apply(example));

    assertThat(reply.status()).as("%s", reply).isIn(oddity.statuses());
    if (reply.status() >= 400 && door.explains(reply)) {
      isProblem(reply);
    }
    oddity.more().accept(operation, reply);
  }

  private static void isProblem(Reply reply) throws IOException {
    assertThat(reply.mediaType()).as("%s", reply).isEqualTo("application/problem+json");
    JsonNode problem = Answers.json("application/problem+json", reply.text());
    assertThat(problem.path("status").asInt()).isEqualTo(reply.status());
    assertThat(problem.path("type").asText()).startsWith("urn:progress-stream:problem:");
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(problem.path("traceId").asText()).matches("(?!0{32})[0-9a-f]{32}");
  }

  private void head(Operation operation) throws IOException {
    Attempt example = example(operation);
    Reply get = wires.exchange(door, service(operation), example);
    Reply head = wires.exchange(door, service(operation), example.method("HEAD"));

    assertThat(head.status()).isEqualTo(get.status());
    assertThat(head.mediaType()).isEqualTo(get.mediaType());
    assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
  }

  private void continued(Operation operation) throws IOException {
    Attempt refused = example(operation).without("Authorization").with("Expect", "100-continue");
    try (Wire wire = door.open(system, service(operation))) {
      Reply reply = wire.exchangeAsked(refused.body("{}"));

      assertThat(reply.status()).as("%s", reply).isIn(400, 401);
    }
  }

  private void old(Operation operation) throws IOException {
    Attempt example = example(operation);
    Reply today = wires.exchange(door, service(operation), example);
    try (Wire wire = door.open(system, service(operation))) {
      Reply reply = wire.exchange(example.version("1.0"));

      assertThat(reply.status()).as("%s", reply).isEqualTo(door.oldStatus(today));
      assertThat(reply.headers()).doesNotContainKey("transfer-encoding");
    }
  }

  static String service(Operation operation) {
    return operation.path().split("/", 3)[1];
  }

  private interface Check {
    void of(Operation operation) throws IOException;
  }
}
