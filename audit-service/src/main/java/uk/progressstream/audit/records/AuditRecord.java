package uk.progressstream.audit.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log. What the event did not say is left out; of an erased record only its place
 * is left.
 *
 * @param id of the event, also the {@code Audit-Record} of a download
 * @param school that it concerns
 * @param leafIndex of its leaf in the tree, from 0
 * @param source service that it comes from
 * @param sequence gapless per source and school, from 1
 * @param kind such as {@code grades.export}
 * @param when RFC 3339, UTC
 * @param who account and role
 * @param what was touched
 * @param purpose in one word
 * @param outcome word of an {@link uk.progressstream.platform.outbox.Outcome}
 * @param policyVersion that was in force
 * @param erased whether salt and content were destroyed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditRecord(
    UUID id,
    UUID school,
    long leafIndex,
    String source,
    long sequence,
    String kind,
    String when,
    @Nullable Who who,
    @Nullable What what,
    @Nullable String purpose,
    @Nullable String outcome,
    @Nullable String policyVersion,
    boolean erased) {

  /** An account and the word for its role. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Who(@Nullable UUID account, @Nullable String role) {}

  /**
   * What was touched.
   *
   * @param resource such as {@code grades}
   * @param filter what was asked for
   * @param columns names of what was read or written
   * @param classes ids
   * @param rows how many
   * @param pupils how many different ones
   * @param bytes that left the service
   * @param digest of the rows' ids: SHA-256 in hex over the 16 bytes of each different id,
   *     ascending; of pupils, the id is the {@code ps_id}
   * @param concerns an earlier record, or an upload
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record What(
      @Nullable String resource,
      @Nullable Map<String, String> filter,
      @Nullable List<String> columns,
      @Nullable List<UUID> classes,
      @Nullable Long rows,
      @Nullable Long pupils,
      @Nullable Long bytes,
      @Nullable String digest,
      @Nullable UUID concerns) {}
}
