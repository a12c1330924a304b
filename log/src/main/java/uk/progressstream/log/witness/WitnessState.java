package uk.progressstream.log.witness;

import com.google.crypto.tink.subtle.Hex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.tree.Hash;

/**
 * What a witness cosigned last, a file for each log. A file is replaced as a whole and is on the
 * disk before anything is answered.
 */
public final class WitnessState {
  private final Path directory;

  /**
   * Keeps it in a directory.
   *
   * @param directory must exist, so that a witness that lost its disk does not begin anew unnoticed
   */
  public WitnessState(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException(directory + " is not a directory: a new witness needs an empty one");
    }
    this.directory = directory;
  }

  /** The largest tree of a log that was cosigned. */
  Optional<Checkpoint> last(String origin) throws IOException {
    Path file = file(origin);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    String[] line = Files.readString(file).split("\n", -1);
    if (line.length != 4 || !line[0].equals(origin)) {
      throw new IOException("the witness's state is damaged: " + file);
    }
    return Optional.of(new Checkpoint(origin, Long.parseLong(line[1]), Hash.ofBase64(line[2])));
  }

  /** Replaces it. */
  void store(Checkpoint checkpoint) throws IOException {
    Path file = file(checkpoint.origin());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(checkpoint.text().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // The name is on the disk only when its directory is.
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private Path file(String origin) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
      return directory.resolve(Hex.encode(digest) + ".checkpoint");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
