package uk.progressstream.local.installation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.progressstream.local.Failure;
import uk.progressstream.provisioning.pki.PrivateFiles;

/**
 * Remembers where this checkout was started last, so that {@code token} and {@code status} need no
 * {@code --data}.
 */
public final class CurrentRun {
  private CurrentRun() {}

  /** Notes a data directory; a checkout that can't be written to does without. */
  public static void remember(Checkout checkout, Path directory) {
    try {
      PrivateFiles.createDirectory(directory(checkout));
      PrivateFiles.write(note(checkout), directory.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.err.println("name the data directory with --data in other commands: " + directory);
    }
  }

  /** The directory that was named, or else the last one that was noted. */
  public static Path find(Checkout checkout, @Nullable Path named) throws IOException {
    if (named != null) {
      return named.toAbsolutePath().normalize();
    }
    if (Files.notExists(note(checkout))) {
      throw new Failure("nothing runs: start it with ./progress-stream up");
    }
    return Path.of(Files.readString(note(checkout)));
  }

  private static Path note(Checkout checkout) {
    return directory(checkout).resolve("current");
  }

  private static Path directory(Checkout checkout) {
    return checkout.root().resolve(".data");
  }
}
