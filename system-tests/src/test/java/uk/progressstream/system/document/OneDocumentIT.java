package uk.progressstream.system.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.system.http.Attempt;
import uk.progressstream.system.http.Door;
import uk.progressstream.system.http.KeptWires;
import uk.progressstream.system.http.Reply;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

/** The gateway's one document is those of the services, put together. */
@ExtendWith(WholeSystem.class)
class OneDocumentIT {
  private static final Attempt READ =
      new Attempt("GET", "/openapi.json", "1.1", List.of(), new byte[0]);

  private final RunningSystem system;

  OneDocumentIT(RunningSystem system) {
    this.system = system;
  }

  @Test
  @DisplayName("It is valid, and names every operation of every service and no other")
  void complete() throws IOException {
    Reply reply = send(READ);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.mediaType()).isEqualTo("application/json");
    SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(reply.text());
    assertThat(parsed.getMessages()).isEmpty();

    assertThat(named(Documents.operations(reply.text())))
        .isEqualTo(named(Documents.of(system).operations()));
  }

  @Test
  @DisplayName("Whoever has it is told so, and HEAD gives its head alone")
  void conditions() throws IOException {
    Reply whole = send(READ);
    String tag = whole.header("ETag").orElseThrow();

    assertThat(send(READ.with("If-None-Match", tag)).status()).isEqualTo(304);
    Reply head = send(READ.method("HEAD"));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("ETag")).contains(tag);
    assertThat(head.body()).isEmpty();
    assertThat(send(READ.method("POST")).status()).isEqualTo(405);
  }

  private static List<String> named(List<Operation> operations) {
    return operations.stream().map(operation -> operation + " " + operation.id()).sorted().toList();
  }

  private Reply send(Attempt attempt) throws IOException {
    try (KeptWires wires = new KeptWires(system)) {
      return wires.exchange(Door.GATEWAY, "openapi", attempt);
    }
  }
}
