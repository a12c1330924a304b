package uk.progressstream.platform.document;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** What a schema that comes from a class leaves open. */
final class SchemaRules {
  private SchemaRules() {}

  /**
   * Makes every field required unless a fragment says which are: answers leave none out. The cursor
   * of a page may be null.
   */
  static void apply(Schema schema) {
    Map<String, Schema> properties = schema.getProperties();
    if (properties == null) {
      return;
    }
    if (schema.getRequired() == null) {
      schema.setRequired(List.copyOf(properties.keySet()));
    }
    Schema next = properties.get("next");
    if (next != null && properties.containsKey("items")) {
      next.addType(SchemaType.NULL);
      next.setDescription("What to send as after for the next page; null on the last.");
    }
    properties.values().forEach(SchemaRules::nullableReference);
  }

  /** A fragment's {@code type: "null"} beside the reference of a class: either of them. */
  private static void nullableReference(Schema property) {
    String reference = property.getRef();
    if (reference != null
        && property.getType() != null
        && property.getType().contains(SchemaType.NULL)) {
      property.setRef(null);
      property.setType(null);
      property.setAnyOf(
          List.of(
              OASFactory.createSchema().ref(reference),
              OASFactory.createSchema().addType(SchemaType.NULL)));
    }
  }
}
