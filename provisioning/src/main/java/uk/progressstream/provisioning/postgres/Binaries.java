package uk.progressstream.provisioning.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The server's programs, unpacked once a user and version. */
final class Binaries {
  private static final int HASH_LENGTH = 16;

  private final Path home;

  private Binaries(Path home) {
    this.home = home;
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** Unpacks them, unless an earlier run has; safe against a second process that does the same. */
  static Binaries unpack(RunAs runAs) throws IOException {
    byte[] archive = archive();
    Path cache = cache(runAs);
    Path home = cache.resolve("postgres-" + hash(archive));
    try (FileChannel lock =
            FileChannel.open(
                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      if (!Files.exists(home) && held.isValid()) {
        Path draft = Files.createTempDirectory(cache, "draft");
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        extract(archive, draft);
        Files.move(draft, home);
      }
    }
    return new Binaries(home);
  }

  /** Where {@code nobody} runs them they must be in a place that everybody can reach. */
  private static Path cache(RunAs runAs) throws IOException {
    Path own = Path.of(System.getProperty("user.home"), ".cache");
    Path shared = Path.of(System.getProperty("java.io.tmpdir"));
    boolean useOwn = runAs != RunAs.NOBODY && (Files.isWritable(own) || Files.notExists(own));
    if (useOwn) {
      try {
        return Files.createDirectories(own.resolve("progress-stream"));
      } catch (IOException e) {
        // A home that cannot be written to, as build machines have: the temporary directory does.
      }
    }
    Path directory = shared.resolve("progress-stream-" + System.getProperty("user.name"));
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    if (!Files.getOwner(directory).getName().equals(System.getProperty("user.name"))) {
      throw new IOException(directory + " belongs to somebody else");
    }
    return directory;
  }

  private static byte[] archive() throws IOException {
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    try (InputStream in =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            System.getProperty("os.name"), machine)) {
      if (in == null) {
        throw new IOException("no PostgreSQL for this machine: " + machine);
      }
      return in.readAllBytes();
    } catch (IllegalStateException e) {
      throw new IOException("no PostgreSQL for this machine: " + machine, e);
    }
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new java.io.ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("an archive entry points out of its directory");
        }
        extract(tar, entry, path);
      }
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
