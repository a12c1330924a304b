package uk.progressstream.system.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** Checks values against schemas of a document, more strictly than a client would. */
public final class Schemas {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final SchemaValidatorsConfig FORMATS_COUNT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private Schemas() {}

  /** What is wrong with a value. A field that the schema does not have is wrong too. */
  public static List<String> errors(Operation operation, JsonNode schema, JsonNode value) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", operation.document().path("components").deepCopy());
    close(whole);
    return FACTORY.getSchema(whole, FORMATS_COUNT).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode schema
        && schema.path("properties").isObject()
        && !schema.has("additionalProperties")) {
      schema.put("additionalProperties", false);
    }
    node.forEach(Schemas::close);
  }
}
