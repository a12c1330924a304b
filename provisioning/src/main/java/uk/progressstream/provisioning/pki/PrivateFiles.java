package uk.progressstream.provisioning.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories that only their owner can open. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Writes a file of mode 0600, whole or not at all: a reader never sees half of it. */
  public static void write(Path file, byte[] content) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("no directory to write to");
    }
    Path draft =
        Files.createTempFile(
            parent,
            ".draft",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(draft, content);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Creates a directory of mode 0700, and what is missing above it; leaves one that is there. */
  public static Path createDirectory(Path directory) throws IOException {
    return Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
