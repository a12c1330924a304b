package uk.progressstream.platform.keys;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * The folder of the local key-encryption keys: one file per school, mode 0600 in a folder of mode
 * 0700. Several processes may share it.
 */
final class KekFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;

  KekFiles(Path directory) throws IOException {
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
    this.directory = directory;
  }

  boolean exists(UUID school) {
    return Files.exists(file(school));
  }

  /**
   * Reads a school's file.
   *
   * @throws IOException if it is missing, or open to anyone but its owner
   */
  byte[] read(UUID school) throws IOException {
    Path file = file(school);
    Set<PosixFilePermission> foreign = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    foreign.removeAll(OWNER_ONLY_FOLDER);
    if (!foreign.isEmpty()) {
      throw new IOException("a key file is open to others than its owner");
    }
    return Files.readAllBytes(file);
  }

  /**
   * Writes a school's file unless another thread or process was first; then theirs stands. The file
   * appears whole or not at all: it is linked to its name only after its bytes are on the disk.
   */
  void createOnce(UUID school, byte[] content) throws IOException {
    Path draft = directory.resolve("." + school + "." + UUID.randomUUID());
    try {
      writeDurably(draft, content);
      Files.createLink(file(school), draft);
      syncFolder();
    } catch (FileAlreadyExistsException e) {
      // Another was first, and every reader sees theirs.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void writeDurably(Path draft, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            draft, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** A key that wrapped something must outlive a power cut, so its name has to be durable too. */
  private void syncFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  private Path file(UUID school) {
    return directory.resolve(school + ".json");
  }
}
