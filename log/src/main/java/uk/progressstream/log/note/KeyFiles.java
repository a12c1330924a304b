package uk.progressstream.log.note;

import com.google.crypto.tink.subtle.Random;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/**
 * The private key of a log or a witness in a file: one line, the base64 of the 32-byte Ed25519
 * seed.
 */
public final class KeyFiles {
  private KeyFiles() {}

  /**
   * Makes a new key.
   *
   * @param file must not exist; only its owner will be able to read it
   */
  public static void create(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String line = Base64.getEncoder().encodeToString(Random.randBytes(NoteSigner.SEED_BYTES));
    Files.writeString(file, line + "\n", StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
  }

  /**
   * Reads a log's key.
   *
   * @param origin the log's name
   * @throws IllegalArgumentException if the file is something else; the message has none of it
   */
  public static NoteSigner read(Path file, String origin) throws IOException {
    return NoteSigner.of(origin, seed(file));
  }

  /**
   * Reads a witness's key.
   *
   * @param name of the witness
   * @throws IllegalArgumentException if the file is something else; the message has none of it
   */
  public static Cosigner readCosigner(Path file, String name) throws IOException {
    return Cosigner.of(name, seed(file));
  }

  private static byte[] seed(Path file) throws IOException {
    try {
      return Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key file is not base64");
    }
  }

  /** Makes a key file at the path that is the one argument. */
  public static void main(String[] arguments) throws IOException {
    create(Path.of(arguments[0]));
  }
}
