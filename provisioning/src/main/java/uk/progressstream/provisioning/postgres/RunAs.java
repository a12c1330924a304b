package uk.progressstream.provisioning.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom the server runs. PostgreSQL refuses to run as root; where we are root it runs in a user
 * namespace of its own, or, where the kernel or container forbids that, as {@code nobody}.
 */
enum RunAs {
  /** We are a plain user. */
  SELF(List.of()),
  /** Root outside, nobody inside; the files stay root's. */
  NAMESPACE(List.of("unshare", "--user")),
  /** Root hands its files over to nobody. */
  NOBODY(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));

  private final List<String> prefix;

  RunAs(List<String> prefix) {
    this.prefix = prefix;
  }

  /** The way that works on this machine. */
  static RunAs detect() throws IOException {
    if (!isRoot()) {
      return SELF;
    }
    if (works(NAMESPACE)) {
      return NAMESPACE;
    }
    if (works(NOBODY)) {
      return NOBODY;
    }
    throw new IOException(
        "PostgreSQL cannot run as root here: neither 'unshare --user' nor 'setpriv' works."
            + " Start as a plain user.");
  }

  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /** Lets the server's user own a directory and all that is in it. */
  void handOver(Path directory) throws IOException {
    if (this != NOBODY) {
      return;
    }
    UserPrincipal nobody =
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.setOwner(dir, nobody);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.setOwner(file, nobody);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self)
        ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))
        : "root".equals(System.getProperty("user.name"));
  }

  private static boolean works(RunAs way) {
    try {
      Process probe =
          new ProcessBuilder(way.command(List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
