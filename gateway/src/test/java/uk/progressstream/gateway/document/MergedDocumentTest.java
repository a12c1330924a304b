package uk.progressstream.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
