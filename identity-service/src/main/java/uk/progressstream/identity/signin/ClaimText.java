package uk.progressstream.identity.signin;

import java.util.Locale;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/** Reads claims that are compared without regard to case. */
final class ClaimText {
  private ClaimText() {}

  /** In lower case; empty if it is missing, empty or no text. */
  static Optional<String> of(JwtClaims claims, String name) {
    @Nullable Object value = claims.getClaimValue(name);
    return value instanceof String text && !text.isEmpty()
        ? Optional.of(text.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
