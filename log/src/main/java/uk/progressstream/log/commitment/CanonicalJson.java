package uk.progressstream.log.commitment;

import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;
import uk.progressstream.log.tree.NotVerifiedException;

/** The one spelling of a JSON object (RFC 8785). */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The canonical form.
   *
   * @throws NotVerifiedException if it is no JSON object, or an object names a key twice
   */
  public static String of(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedString();
    } catch (IOException e) {
      throw new NotVerifiedException("not a JSON object", e);
    }
  }
}
