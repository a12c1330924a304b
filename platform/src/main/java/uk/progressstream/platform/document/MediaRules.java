package uk.progressstream.platform.document;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Bodies whose Java type is not what travels. */
final class MediaRules {
  private static final String QUALITY = ";qs=";

  private MediaRules() {}

  /** Of an answer. */
  static void apply(APIResponse response) {
    apply(response.getContent());
  }

  /**
   * CSV is text, and so is plain text, also where it is sent in parts; a form has fields; a string
   * that a fragment gives a schema is JSON already; and a quality factor is the server's own
   * business.
   */
  static void apply(@Nullable Content content) {
    if (content == null) {
      return;
    }
    for (Map.Entry<String, MediaType> entry : Map.copyOf(content.getMediaTypes()).entrySet()) {
      String name = entry.getKey();
      MediaType type = entry.getValue();
      if (name.startsWith("text/csv") || isTextInParts(name, type.getSchema())) {
        type.setSchema(OASFactory.createSchema().addType(SchemaType.STRING));
      }
      Schema schema = type.getSchema();
      if (schema != null && schema.getProperties() != null && schema.getType() != null) {
        schema.setType(List.of(SchemaType.OBJECT));
      }
      if (schema != null && schema.getRef() != null) {
        schema.setType(null);
      }
      int quality = name.indexOf(QUALITY);
      if (quality >= 0) {
        content.removeMediaType(name);
        content.addMediaType(name.substring(0, quality), type);
      }
    }
  }

  private static boolean isTextInParts(String mediaType, @Nullable Schema schema) {
    return mediaType.startsWith("text/plain") && schema != null && schema.getItems() != null;
  }

  /** Takes schemas over to the answer with the right status, whose examples stay. */
  static void move(APIResponse announced, APIResponse named) {
    Content content = announced.getContent();
    if (content == null) {
      return;
    }
    if (named.getContent() == null) {
      named.setContent(content);
      return;
    }
    content
        .getMediaTypes()
        .forEach(
            (name, from) -> {
              MediaType to = named.getContent().getMediaType(name);
              if (to != null && to.getSchema() == null) {
                to.setSchema(from.getSchema());
              }
            });
  }
}
