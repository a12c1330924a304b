package uk.progressstream.log.commitment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import uk.progressstream.log.tree.CanonicalBase64;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * What lets anyone recompute an entry: the record and its salt, as the {@code extra} of a proof has
 * them, {@code {"record":{…},"salt":"<base64>"}}.
 *
 * @param salt 32 bytes
 * @param record canonical JSON
 */
public record Disclosure(byte[] salt, String record) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Canonical JSON. */
  public byte[] bytes() {
    String json = "{\"record\":" + record + ",\"salt\":\"" + CanonicalBase64.encode(salt) + "\"}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a disclosure; the record comes out canonical, however it was spelt.
   *
   * @param extra of a proof; null where it has none
   * @throws NotVerifiedException if it is none
   */
  public static Disclosure of(byte @Nullable [] extra) {
    if (extra == null) {
      throw new NotVerifiedException("the proof does not disclose its record");
    }
    try {
      // Canonicalised as a whole first: that parser refuses keys that occur twice.
      JsonNode json = JSON.readTree(CanonicalJson.of(new String(extra, StandardCharsets.UTF_8)));
      JsonNode record = json.path("record");
      byte[] salt = CanonicalBase64.decode(json.path("salt").asText());
      if (!record.isObject() || salt.length != Commitment.SALT_BYTES) {
        throw new NotVerifiedException("no record or no salt");
      }
      return new Disclosure(salt, CanonicalJson.of(record.toString()));
    } catch (JacksonException e) {
      throw new NotVerifiedException("not a record and its salt", e);
    }
  }

  /** The entry that they give. */
  public byte[] entry() {
    return Commitment.of(salt, record).entry();
  }

  /** Without either. */
  @Override
  public String toString() {
    return "Disclosure";
  }
}
