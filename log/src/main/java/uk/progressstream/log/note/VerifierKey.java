package uk.progressstream.log.note;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import uk.progressstream.log.tree.NotVerifiedException;

/** The public key of a log, by which anyone checks its notes. */
public final class VerifierKey {
  private final NamedKey key;

  VerifierKey(String name, byte[] publicKey) {
    this(new NamedKey(name, KeyId.ED25519, publicKey.clone()));
  }

  private VerifierKey(NamedKey key) {
    this.key = key;
  }

  /**
   * Reads {@link #text}.
   *
   * @throws NotVerifiedException for anything else; also where the id is not the key's
   */
  public static VerifierKey of(String text) {
    return new VerifierKey(NamedKey.of(text, KeyId.ED25519));
  }

  /** {@code <name>+<id, 8 hex digits>+<base64 of the kind and the key>}. */
  public String text() {
    return key.text();
  }

  /** The key's name; a log's is its origin. */
  public String name() {
    return key.name();
  }

  int id() {
    return key.id();
  }

  boolean verifies(String text, byte[] signature) {
    return key.verifies(text.getBytes(StandardCharsets.UTF_8), signature);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerifierKey that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
