package uk.progressstream.provisioning.pki;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text armour around DER. */
final class Pem {
  private static final int LINE_LENGTH = 64;

  private Pem() {}

  static String write(String label, byte[] der) {
    Base64.Encoder encoder =
        Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, encoder.encodeToString(der));
  }

  static byte[] read(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
  }
}
