package uk.progressstream.platform.scope;

import java.util.UUID;

/**
 * A scope as it travels: its canonical text and one service's seal over it. A service passes both
 * to its database, which alone can tell whether they belong together.
 *
 * @param text canonical text, see {@link ScopeText}
 * @param seal {@code <key id>.<hex HMAC-SHA-256>}
 * @param scope the text, read
 */
public record SealedScope(String text, String seal, Scope scope) {

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is not canonical
   */
  public static SealedScope of(String text, String seal) {
    return new SealedScope(text, seal, ScopeText.read(text));
  }

  /** Who holds the scope. */
  public UUID account() {
    return scope.account();
  }

  /** Without the seal: whoever reads a log shall not be able to use what it holds. */
  @Override
  public String toString() {
    return "SealedScope[token=" + scope.tokenId() + "]";
  }
}
