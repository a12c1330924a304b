package uk.progressstream.identity.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change, as the database's triggers noted it; nobody can change or delete it.
 *
 * @param school whose it is
 * @param actor the account that did it; null where the system did
 * @param subject what kind of thing changed, such as {@code cluster-account}
 * @param before how it was; null for something new
 * @param after how it is; null for something that is gone
 */
public record Change(
    UUID id,
    OffsetDateTime at,
    UUID school,
    @JsonInclude @Nullable UUID actor,
    String subject,
    @JsonInclude @Nullable Map<String, Object> before,
    @JsonInclude @Nullable Map<String, Object> after) {

  /** Where a page ends. */
  String cursor() {
    return at + "~" + id;
  }
}
