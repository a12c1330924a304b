package uk.progressstream.system.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
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

/** Every route of every document answers odd requests as RFC 9110 has it. */
@ExtendWith(WholeSystem.class)
class ConformanceIT {
  private final RunningSystem system;
  private final Documents documents;
  private final ExampleRun examples;

  ConformanceIT(RunningSystem system) {
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
    return documents.operations().stream()
        .filter(operation -> operation.method().equals("GET") && operation.skipReason().isEmpty())
        .flatMap(
            operation ->
                Door.both().stream()
                    .map(
                        door ->
                            DynamicTest.dynamicTest(
                                door + " " + operation, () -> head(door, operation))));
  }

  @TestFactory
  @DisplayName("A client that waits for 100 gets it, or a last answer")
  Stream<DynamicTest> continues() {
    return documents.operations().stream()
        .filter(operation -> operation.request().isPresent() && operation.skipReason().isEmpty())
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.toString(), () -> continued(Door.STRAIGHT, operation)));
  }

  @TestFactory
  @DisplayName("HTTP/1.0 is answered and closed")
  Stream<DynamicTest> old() {
    return documents.operations().stream()
        .filter(operation -> operation.method().equals("GET") && operation.skipReason().isEmpty())
        .map(
            operation ->
                DynamicTest.dynamicTest(operation.toString(), () -> old(Door.STRAIGHT, operation)));
  }

  private Stream<DynamicTest> of(Operation operation) {
    Attempt example = example(operation);
    return Door.both().stream()
        .flatMap(
            door ->
                Oddities.all().stream()
                    .filter(oddity -> oddity.of().test(operation))
                    .map(
                        oddity ->
                            DynamicTest.dynamicTest(
                                door + " " + oddity.name(),
                                () -> attempt(door, operation, example, oddity))));
  }

  private Attempt example(Operation operation) {
    Optional<String> token = operation.account().map(this::freshToken);
    return Attempt.of(examples.prepared(operation), token);
  }

  private String freshToken(String account) {
    examples.forgetToken(account);
    return examples.token(account);
  }

  private void attempt(Door door, Operation operation, Attempt example, Oddity oddity)
      throws IOException {
    Attempt odd = oddity.change().apply(example);
    try (Wire wire = door.open(system, service(operation))) {
      Reply reply = wire.exchange(odd);

      assertThat(reply.status()).as("%s", reply).isIn(oddity.statuses());
      if (reply.status() >= 400 && reply.status() != 414) {
        isProblem(reply);
      }
      oddity.more().accept(operation, reply);
      if (!reply.isLast() && reply.status() != 414) {
        isUsable(wire, example);
      }
    }
  }

  private static void isProblem(Reply reply) throws IOException {
    assertThat(reply.mediaType()).as("%s", reply).isEqualTo("application/problem+json");
    JsonNode problem = Answers.json("application/problem+json", reply.text());
    assertThat(problem.path("status").asInt()).isEqualTo(reply.status());
    assertThat(problem.path("type").asText()).startsWith("urn:progress-stream:problem:");
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(problem.path("traceId").asText()).hasSize(32);
  }

  /** Whatever was odd, the next request on the same connection is not taken for a part of it. */
  private static void isUsable(Wire wire, Attempt example) throws IOException {
    Reply next = wire.exchange(example.method("OPTIONS").without("Content-Type").body(""));
    assertThat(next.status()).as("the next request on the connection: %s", next).isEqualTo(204);
  }

  private void head(Door door, Operation operation) throws IOException {
    Attempt example = example(operation);
    try (Wire wire = door.open(system, service(operation))) {
      Reply get = wire.exchange(example);
      Reply head = wire.exchange(example.method("HEAD"));

      assertThat(head.status()).isEqualTo(get.status());
      assertThat(head.mediaType()).isEqualTo(get.mediaType());
      assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
      isUsable(wire, example);
    }
  }

  private void continued(Door door, Operation operation) throws IOException {
    Attempt refused = example(operation).without("Authorization").with("Expect", "100-continue");
    try (Wire wire = door.open(system, service(operation))) {
      Reply reply = wire.exchangeAsked(refused.body("{}"));

      assertThat(reply.status()).as("%s", reply).isIn(400, 401);
    }
  }

  private void old(Door door, Operation operation) throws IOException {
    try (Wire wire = door.open(system, service(operation))) {
      Reply reply = wire.exchange(example(operation).version("1.0"));

      assertThat(reply.status()).as("%s", reply).isEqualTo(200);
      assertThat(reply.headers()).doesNotContainKey("transfer-encoding");
    }
  }

  static String service(Operation operation) {
    return operation.path().split("/", 3)[1];
  }
}
