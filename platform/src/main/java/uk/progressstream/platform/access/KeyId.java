package uk.progressstream.platform.access;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads which key a token says that it is signed with, before anything is verified. */
final class KeyId {
  private static final int HEADER_LENGTH_MAX = 2048;

  private KeyId() {}

  /** Empty where it does not say so, or is no JWT. */
  static Optional<String> of(String token) {
    int end = token.indexOf('.');
    if (end < 0 || end > HEADER_LENGTH_MAX) {
      return Optional.empty();
    }
    try {
      byte[] header = Base64.getUrlDecoder().decode(token.substring(0, end));
      return new JsonObject(new String(header, StandardCharsets.UTF_8)).getValue("kid")
              instanceof String id
          ? Optional.of(id)
          : Optional.empty();
    } catch (IllegalArgumentException | DecodeException e) {
      return Optional.empty();
    }
  }
}
