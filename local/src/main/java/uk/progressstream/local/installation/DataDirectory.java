package uk.progressstream.local.installation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.progressstream.local.Failure;
import uk.progressstream.local.FileTrouble;
import uk.progressstream.provisioning.pki.PrivateFiles;

/**
 * Where one installation keeps everything. Only one launcher at a time works in it. A directory
 * that nobody named is temporary and goes away with the launcher.
 */
public final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final long BYTES_FREE_MIN = 500L * 1024 * 1024;

  private final Path path;
  private final boolean temporary;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, boolean temporary, FileChannel channel, FileLock lock) {
    this.path = path;
    this.temporary = temporary;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens or makes a directory.
   *
   * @param named by {@code --data}; null for a temporary one
   * @param temporary whether a named one goes away, too
   * @throws Failure if another launcher works in it, it can't be written to, or the disk is nearly
   *     full
   */
  public static DataDirectory open(@Nullable Path named, boolean temporary) throws IOException {
    try {
      Path path =
          named == null
              ? Files.createTempDirectory("progress-stream-")
              : PrivateFiles.createDirectory(named.toAbsolutePath().normalize());
      return lock(path, temporary || named == null);
    } catch (FileSystemException e) {
      Object where = named == null ? System.getProperty("java.io.tmpdir") : named;
      throw new Failure("cannot write to %s: %s".formatted(where, FileTrouble.reason(e)), e);
    }
  }

  private static DataDirectory lock(Path path, boolean temporary) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < BYTES_FREE_MIN) {
      throw new Failure(
          "the disk is full: %d MiB free at %s, %d MiB needed"
              .formatted(free >> 20, path, BYTES_FREE_MIN >> 20));
    }
    return openIdle(path, temporary)
        .orElseThrow(() -> new Failure(path + " is in use by another ./progress-stream up"));
  }

  /**
   * Opens a directory and keeps launchers out; empty where one works in it, or where none ever did.
   */
  public static Optional<DataDirectory> openIdle(Path path) throws IOException {
    return Files.exists(path.resolve(LOCK)) ? openIdle(path, false) : Optional.empty();
  }

  private static Optional<DataDirectory> openIdle(Path path, boolean temporary) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new DataDirectory(path, temporary, channel, lock));
  }

  /** The directory, absolute. */
  public Path path() {
    return path;
  }

  /** A path in it. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
    if (temporary) {
      delete();
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
