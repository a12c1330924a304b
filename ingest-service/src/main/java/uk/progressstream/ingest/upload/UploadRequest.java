package uk.progressstream.ingest.upload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.kind.FileKind;
import uk.progressstream.platform.problem.Problem;

/**
 * What a caller asks for.
 *
 * @param school the school that the file is of
 * @param kind what is in the file
 * @param dryRun whether to say what would happen and store nothing
 * @param keyDigest SHA-256 of the idempotency key in hex, or null where none was sent
 */
record UploadRequest(UUID school, FileKind kind, boolean dryRun, @Nullable String keyDigest) {
  private static final int KEY_CHARS_MAX = 255;

  /** Both load what the file holds; a full load does not end memberships yet. */
  private static final Set<String> MODES = Set.of("full", "delta");

  /**
   * Reads the parameters of a request.
   *
   * @throws Problem 400 where the school is missing, for a kind that is not built, an unknown mode
   *     or a key that is too long
   */
  static UploadRequest of(
      @Nullable UUID school,
      @Nullable String kind,
      @Nullable String mode,
      boolean dryRun,
      @Nullable String key) {
    if (mode != null && !MODES.contains(mode)) {
      throw Problem.badRequest(
          "bad-value", "Parameter not understood", "Send mode=full or mode=delta, or no mode.");
    }
    return new UploadRequest(Ids.school(school), kind(kind), dryRun, digest(key));
  }

  private static FileKind kind(@Nullable String slug) {
    return FileKind.ofSlug(slug == null ? "" : slug)
        .orElseThrow(
            () ->
                Problem.badRequest(
                    "unknown-kind",
                    "Unknown kind of file",
                    "Send kind=pupils, kind=grades or kind=sensitive; marksheet and oneroster are not"
                        + " built yet."));
  }

  private static @Nullable String digest(@Nullable String key) {
    if (key == null || key.isBlank()) {
      return null;
    }
    if (key.length() > KEY_CHARS_MAX) {
      throw Problem.badRequest(
          "bad-idempotency-key",
          "Idempotency key not accepted",
          "An Idempotency-Key has at most 255 characters.");
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
