package uk.progressstream.breach.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A breach that may be opened.
 *
 * @param awareAt when the company became aware
 * @param summary checked text
 * @param suspects distinct, sorted
 * @param windowFrom inclusive
 * @param windowTo exclusive
 */
record IncidentDraft(
    Instant awareAt, String summary, List<UUID> suspects, Instant windowFrom, Instant windowTo) {

  /** SHA-256 of the content, in hex: whether a repeated request is the same one. */
  String hash() {
    String content =
        String.join("\n", awareAt + "", windowFrom + "", windowTo + "", suspects + "", summary);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
