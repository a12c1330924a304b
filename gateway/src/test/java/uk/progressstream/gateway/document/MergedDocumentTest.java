package uk.progressstream.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedDocumentTest {
  private final MergedDocument merged = new MergedDocument();

  @Test
  @DisplayName("Paths of all are there, and what is for tests alone is not")
  void union() {
    merged.add("grades", document("/grades/v1/grades", "listGrades", "string", "string"));
    merged.add("audit", document("/audit/v1/records", "listRecords", "string", "string"));

    JsonObject all = merged.json();

    assertThat(all.getJsonObject("paths").fieldNames())
        .containsExactly("/audit/v1/records", "/grades/v1/grades");
    assertThat(all.encode()).doesNotContain("x-example").contains("\"url\":\"/\"");
    assertThat(schemas(all).fieldNames()).containsExactly("Inner", "Outer");
  }

  @Test
  @DisplayName("One name for two things becomes two, and so does what refers to them")
  void twoThings() {
    merged.add("grades", document("/grades/v1/grades", "listGrades", "string", "string"));
    merged.add("audit", document("/audit/v1/records", "listRecords", "string", "integer"));

    JsonObject all = merged.json();

    assertThat(schemas(all).fieldNames())
        .containsExactly("AuditInner", "AuditOuter", "Inner", "Outer");
    assertThat(schemas(all).getJsonObject("AuditOuter").encode()).contains("schemas/AuditInner\"");
    assertThat(schemas(all).getJsonObject("Outer").encode()).contains("schemas/Inner\"");
    JsonObject paths = all.getJsonObject("paths");
    assertThat(paths.getJsonObject("/audit/v1/records").encode()).contains("schemas/AuditOuter\"");
    assertThat(paths.getJsonObject("/grades/v1/grades").encode()).contains("schemas/Outer\"");
  }

  @Test
  @DisplayName("No path and no operation belongs to two services")
  void belongsToOne() {
    merged.add("grades", document("/grades/v1/grades", "list", "string", "string"));

    JsonObject samePath = document("/grades/v1/grades", "other", "string", "string");
    assertThatThrownBy(() -> merged.add("audit", samePath))
        .isInstanceOf(IllegalArgumentException.class);
    JsonObject sameName = document("/audit/v1/records", "list", "string", "string");
    assertThatThrownBy(() -> merged.add("audit", sameName))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("A name that a service has already is not given to another thing of it")
  void takenName() {
    merged.add("grades", document("/grades/v1/grades", "listGrades", "string", "string"));

    JsonObject taken = document("/audit/v1/records", "listRecords", "string", "integer");
    schemas(taken).put("AuditInner", new JsonObject().put("type", "boolean"));
    assertThatThrownBy(() -> merged.add("audit", taken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AuditInner");
  }

  @Test
  @DisplayName("What all ask of a caller by one line for the whole document is still asked")
  void security() {
    JsonObject grades = document("/grades/v1/grades", "listGrades", "string", "string");
    JsonArray asked = new JsonArray().add(new JsonObject().put("bearer", new JsonArray()));
    merged.add("grades", grades.put("security", asked));

    assertThat(merged.json().getJsonArray("security")).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'openapi': '3.0.3'}",
        "{'security': [{'bearer': []}]}",
        "{'tags': [{'name': 'common', 'description': 'other'}]}",
        "{'components': {'securitySchemes': {'bearer': {'type': 'http', 'scheme': 'basic'}}}}",
        "{'components': {'securitySchemes': {'key': {'type': 'http', 'scheme': 'bearer'}}}}"
      })
  @DisplayName("What has no name of a service's own is the same for all, or nothing is built")
  void sameForAll(String other) {
    JsonObject common =
        new JsonObject(
            """
            {"tags": [{"name": "common", "description": "one"}],
             "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}}
            """);
    JsonObject grades = document("/grades/v1/grades", "listGrades", "string", "string");
    JsonObject audit = document("/audit/v1/records", "listRecords", "string", "string");
    JsonObject breach = document("/breach/v1/breaches", "listBreaches", "string", "string");
    merged.add("grades", grades.mergeIn(common, true));
    merged.add("audit", audit.mergeIn(common, true));

    JsonObject odd = breach.mergeIn(new JsonObject(other.replace('\'', '"')), true);
    assertThatThrownBy(() -> merged.add("breach", odd))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(merged.json().getJsonArray("tags")).hasSize(1);
    assertThat(merged.json().getJsonObject("components").getJsonObject("securitySchemes"))
        .hasSize(1);
  }

  private static JsonObject schemas(JsonObject document) {
    return document.getJsonObject("components").getJsonObject("schemas");
  }

  private static JsonObject document(String path, String operation, String outer, String inner) {
    return new JsonObject(
        """
        {"openapi": "3.1.0", "info": {"title": "one", "version": "1"},
         "paths": {"%s": {"get": {"operationId": "%s", "x-example-account": "gp-admin",
           "responses": {"200": {"content": {"application/json": {
             "schema": {"$ref": "#/components/schemas/Outer"}}}}}}}},
         "components": {"schemas": {
           "Outer": {"type": "object", "properties": {
             "a": {"type": "%s"}, "b": {"$ref": "#/components/schemas/Inner"}}},
           "Inner": {"type": "%s"}}}}
        """
            .formatted(path, operation, outer, inner));
  }
}
