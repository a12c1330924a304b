package uk.progressstream.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.provisioning.proof.Proves;

class EventReaderTest {
  private static final String ID = "00000000-0000-4000-8000-000000000001";
  private static final String SCHOOL = "00000000-0000-4000-8000-000000000002";
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final String ACTOR = "00000000-0000-4000-8000-000000000003";

  @Test
  @DisplayName("an event becomes canonical JSON: sorted keys, no space, who did what when and why")
  void theRecord() {
    JsonObject body =
        new JsonObject()
            .put("outcome", "allowed")
            .put("actor", ACTOR)
            .put("role", "teacher")
            .put("resource", "grades")
            .put("rows", 25)
            .put("digest", DIGEST)
            .put("filter", new JsonObject().put("kind", "historical"))
            .put("policyVersion", "1")
            .put("purpose", "teaching");

    assertThat(EventReader.read(event(body)).body())
        .isEqualTo(
            "{\"id\":\""
                + ID
                + "\",\"kind\":\"grades.read\",\"outcome\":\"allowed\",\"policyVersion\":\"1\","
                + "\"purpose\":\"teaching\",\"school\":\""
                + SCHOOL
                + "\",\"sequence\":7,\"source\":\"grades\",\"what\":{\"digest\":\""
                + DIGEST
                + "\",\"filter\":{\"kind\":"
                + "\"historical\"},\"resource\":\"grades\",\"rows\":25},\"when\":"
                + "\"2026-11-24T09:00:00.000000Z\",\"who\":{\"account\":\""
                + ACTOR
                + "\",\"role\":\"teacher\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown-key | {\"outcome\":\"allowed\",\"name\":\"x\"}",
        "unknown-key | {\"outcome\":\"allowed\",\"psId\":\"x\"}",
        "unknown-key | {\"outcome\":\"allowed\",\"Rows\":1}",
        "bad-value | {\"outcome\":\"allowed\",\"actor\":\"somebody@example.org\"}",
        "bad-value | {\"outcome\":\"allowed\",\"role\":\"Some Body\"}",
        "bad-value | {\"outcome\":\"allowed\",\"rows\":-1}",
        "bad-value | {\"outcome\":\"allowed\",\"rows\":1.5}",
        "bad-value | {\"outcome\":\"allowed\",\"rows\":\"1\"}",
        "bad-value | {\"outcome\":\"allowed\",\"rows\":9007199254740994}",
        "bad-value | {\"outcome\":\"allowed\",\"classes\":[\"9A\"]}",
        "bad-value | {\"outcome\":\"allowed\",\"columns\":[1]}",
        "bad-value | {\"outcome\":\"allowed\",\"digest\":\"Ada\"}",
        "bad-value | {\"outcome\":\"allowed\",\"filter\":{\"a\":{}}}",
        "bad-value | {\"outcome\":\"allowed\",\"filter\":{\"a b\":\"x\"}}",
        "no-body | {}",
        "no-body | []",
        "no-body | {\"outcome\":\"allowed\",\"outcome\":\"refused\"}",
        "no-body | nonsense"
      })
  @DisplayName("a body with an unknown key or a value of another kind is refused, and not quoted")
  void whatIsNotOnTheList(String rule, String body) {
    assertThatThrownBy(() -> EventReader.read(base().setBody(body).build()))
        .isInstanceOf(RefusedEventException.class)
        .hasMessage(rule);
  }

  @Test
  void badIdsTimesAndKindsAreRefused() {
    assertRefused(base().setId("1"));
    assertRefused(base().setSchool(""));
    assertRefused(base().setSequence(0));
    assertRefused(base().setKind("Read"));
    assertRefused(base().setKind("grades"));
    assertRefused(base().setOccurredAt("yesterday"));
    assertRefused(base().setBody(" ".repeat(1 << 20) + "{\"outcome\":\"allowed\"}"));
  }

  @Test
  @DisplayName("what stands for a refused event has its place, its kind and the rule, and no more")
  void aNoteOfARefusedEvent() {
    Event event = base().setBody("{\"outcome\":\"allowed\",\"name\":\"x\"}").build();

    IncomingEvent note = EventReader.refused(event, "unknown-key");

    assertThat(note.refusedBy()).contains("unknown-key");
    assertThat(note.body())
        .isEqualTo(
            "{\"id\":\""
                + ID
                + "\",\"kind\":\"event.refused\",\"outcome\":\"unreadable\",\"school\":\""
                + SCHOOL
                + "\",\"sequence\":7,\"source\":\"grades\",\"what\":{\"filter\":{\"kind\":"
                + "\"grades.read\",\"rule\":\"unknown-key\"},\"resource\":\"event\"},\"when\":"
                + "\"2026-11-24T09:00:00.000000Z\",\"who\":{}}");
  }

  @Test
  void whatHasNoPlaceCannotBeNoted() {
    assertThatThrownBy(() -> EventReader.refused(base().setId("1").build(), "bad-value"))
        .isInstanceOf(RefusedEventException.class);
    assertThatThrownBy(() -> EventReader.refused(base().setSequence(0).build(), "bad-value"))
        .isInstanceOf(RefusedEventException.class);
  }

  @Property
  @Proves("D3")
  @Label("a filter's value or a column that is no code is withheld, whatever a caller sends")
  void whatACallerSendsIsNoReasonToStopTheOutbox(@ForAll String text) {
    JsonObject body =
        new JsonObject()
            .put("outcome", "allowed")
            .put("filter", new JsonObject().put("subject", text))
            .put("columns", new JsonArray().add(text));

    JsonObject what = new JsonObject(EventReader.read(event(body)).body()).getJsonObject("what");
    String expected = BodyRules.isCode(text) ? text : EventReader.WITHHELD;
    assertThat(what.getJsonObject("filter").getString("subject")).isEqualTo(expected);
    assertThat(what.getJsonArray("columns")).containsExactly(expected);
  }

  @Test
  @DisplayName("an e-mail address in a filter does not reach the log")
  void anAddressIsWithheld() {
    JsonObject body =
        new JsonObject()
            .put("outcome", "allowed")
            .put("filter", new JsonObject().put("subject", "a.b@example.org"));

    assertThat(EventReader.read(event(body)).body()).doesNotContain("example.org");
  }

  private static void assertRefused(Event.Builder event) {
    assertThatThrownBy(() -> EventReader.read(event.build()))
        .isInstanceOf(RefusedEventException.class);
  }

  private static Event event(JsonObject body) {
    return base().setBody(body.encode()).build();
  }

  private static Event.Builder base() {
    return Event.newBuilder()
        .setId(ID)
        .setSchool(UUID.fromString(SCHOOL).toString())
        .setSequence(7)
        .setSource("grades")
        .setKind("grades.read")
        .setOccurredAt("2026-11-24T09:00Z")
        .setBody("{\"outcome\":\"allowed\"}");
  }
}
