package uk.progressstream.system.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** What the documents show is what the services do; README.md of this module says how. */
@ExtendWith(WholeSystem.class)
class OpenApiIT {
  private static final String PROBLEM = "application/problem+json";

  private final Documents documents;
  private final ExampleRun examples;

  OpenApiIT(RunningSystem system) {
    this.documents = Documents.of(system);
    this.examples = new ExampleRun(system, documents);
  }

  @TestFactory
  @DisplayName("Every document is OpenAPI 3.1")
  Stream<DynamicTest> documentsAreValid() {
    return Databases.NAMES.stream()
        .map(service -> DynamicTest.dynamicTest(service, () -> valid(documents.text(service))));
  }

  @Test
  @DisplayName("No two operations have the same name")
  void namesAreUnique() {
    assertThat(documents.operations()).extracting(Operation::id).doesNotHaveDuplicates();
  }

  @TestFactory
  @DisplayName("Every operation's example gives what the document says")
  Stream<DynamicTest> examplesRun() {
    return documents.operations().stream()
        .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> check(operation)));
  }

  private static void valid(String document) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(document, List.of(), options);
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getOpenapi()).startsWith("3.1");
  }

  private void check(Operation operation) {
    if (operation.skipReason().isPresent()) {
      assertThat(operation.skipReason().get()).as("reason for no example").isNotBlank();
      return;
    }
    assertThat(operation.missing()).as("missing of an example").isEmpty();
    operation.request().ifPresent(type -> fits(operation, type, "the example of the request"));
    JsonNode content = operation.response(operation.status()).path("content");
    if (content.isEmpty()) {
      HttpResponse<byte[]> answer = examples.run(operation, "");
      assertThat(answer.statusCode()).as(Answers.said(answer)).isEqualTo(operation.status());
    }
    for (Map.Entry<String, JsonNode> type : content.properties()) {
      fits(operation, type, "the example of the answer");
      answers(operation, type);
    }
    failures(operation);
    if (operation.secured()) {
      refusesStrangers(operation);
    }
  }

  /** Every error answer that is declared shows one. */
  private static void failures(Operation operation) {
    for (String status : names(operation.node().path("responses"))) {
      if (status.startsWith("4") || status.startsWith("5")) {
        JsonNode content = operation.response(Integer.parseInt(status)).path("content");
        assertThat(content.isEmpty()).as("no example of the answer %s", status).isFalse();
        content
            .properties()
            .forEach(type -> fits(operation, type, "the example of the answer " + status));
      }
    }
  }

  private void answers(Operation operation, Map.Entry<String, JsonNode> type) {
    HttpResponse<byte[]> answer = examples.run(operation, type.getKey());
    assertThat(answer.statusCode()).as(Answers.said(answer)).isEqualTo(operation.status());
    String mediaType = Answers.mediaType(type.getKey());
    assertThat(Answers.mediaType(answer)).isEqualTo(mediaType);
    for (String header : names(operation.response(operation.status()).path("headers"))) {
      // A media type's own header is said to be so in the document's prose.
      if (operation.response(operation.status()).path("content").size() == 1) {
        assertThat(answer.headers().firstValue(header)).as(header).isPresent();
      }
    }
    if (!Operation.binary(mediaType)) {
      JsonNode value = value(mediaType, Answers.text(answer));
      assertThat(Schemas.errors(operation, type.getValue().path("schema"), value))
          .as("the answer")
          .isEmpty();
      String filled = type.getValue().path("x-example-fills").asText();
      assertThat(filled.isEmpty() || !value.at(filled).isEmpty())
          .as("the answer has something in %s", filled)
          .isTrue();
      sameHeader(mediaType, type.getValue().path("example").asText(), Answers.text(answer));
    }
  }

  private void refusesStrangers(Operation operation) {
    HttpResponse<byte[]> answer = examples.runSignedOut(operation);
    assertThat(answer.statusCode()).as("without a token").isEqualTo(401);
    assertThat(Answers.mediaType(answer)).isEqualTo(PROBLEM);
    JsonNode schema = operation.response(401).path("content").path(PROBLEM).path("schema");
    assertThat(Schemas.errors(operation, schema, value(PROBLEM, Answers.text(answer)))).isEmpty();
  }

  private static void fits(Operation operation, Map.Entry<String, JsonNode> type, String what) {
    if (!Operation.binary(type.getKey())) {
      assertThat(
              Schemas.errors(
                  operation, type.getValue().path("schema"), type.getValue().path("example")))
          .as(what)
          .isEmpty();
    }
  }

  /** The first line of CSV names its columns. */
  private static void sameHeader(String mediaType, String example, String answer) {
    if (mediaType.equals("text/csv")) {
      assertThat(answer.lines().findFirst()).isEqualTo(example.lines().findFirst());
    }
  }

  private static JsonNode value(String mediaType, String body) {
    boolean text = mediaType.startsWith("text/") && !mediaType.equals("text/event-stream");
    return text ? new TextNode(body) : Answers.json(mediaType, body);
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
