package uk.progressstream.identity.classroom;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A class.
 *
 * @param code what uploads call it; one open class of a school has it
 * @param closedAt since when clusters no longer give it; left out while it is open
 * @param version counts changes, for {@code ETag}
 */
public record SchoolClass(
    UUID id,
    UUID school,
    String code,
    String subject,
    String yearGroup,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OffsetDateTime closedAt,
    @JsonIgnore int version) {

  boolean says(ClassText text) {
    return code.equals(text.code())
        && subject.equals(text.subject())
        && yearGroup.equals(text.yearGroup());
  }

  /** The strong entity tag of this version. */
  String etag() {
    return "\"" + version + "\"";
  }
}
