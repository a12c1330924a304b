package uk.progressstream.transport.signature;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;

/**
 * What is signed: a prefix that nothing else signed by the same key has (TLS 1.3 begins with 64
 * spaces, RFC 8446, 4.4.3), then the event.
 */
final class SignedBytes {
  private static final byte[] PREFIX =
      "progress-stream event 1\0".getBytes(StandardCharsets.US_ASCII);

  private SignedBytes() {}

  static void feed(Signature signature, ByteString event) throws SignatureException {
    signature.update(PREFIX);
    signature.update(event.asReadOnlyByteBuffer());
  }

  /** The one algorithm for a kind of key; never one that a message names. */
  static String algorithm(String key) throws NoSuchAlgorithmException {
    return switch (key) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> throw new NoSuchAlgorithmException(key);
    };
  }
}
