package uk.progressstream.log.tree;

import java.util.Base64;

/**
 * Standard base64 with padding, in the one spelling that encoding gives. A lenient decoder takes
 * several texts for the same bytes, so that a note could be changed without its signature noticing.
 */
public final class CanonicalBase64 {
  private CanonicalBase64() {}

  /**
   * The bytes.
   *
   * @throws NotVerifiedException for any other spelling
   */
  public static byte[] decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new NotVerifiedException("not base64", e);
    }
    throw new NotVerifiedException("not canonical base64");
  }

  /** The text. */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
