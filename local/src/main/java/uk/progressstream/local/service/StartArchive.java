package uk.progressstream.local.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A class-data archive (JEP 350): what a process loads at its start, parsed and checked beforehand.
 * It halves the start. The Java virtual machine takes it only with the very jars that it was made
 * from; without it the process starts as well, just slower.
 *
 * @param file where it is or will be
 */
public record StartArchive(Path file) {

  /** The archive of a process, for the Java that runs now. */
  public static StartArchive of(Path root, String label) {
    String java = System.getProperty("java.vm.version").replaceAll("[^A-Za-z0-9.+-]", "_");
    return new StartArchive(root.resolve("local/target/start/" + java + "/" + label + ".jsa"));
  }

  /** Whether it is there and no jar is newer. */
  public boolean isFresh(List<Path> jars) {
    try {
      if (Files.notExists(file)) {
        return false;
      }
      for (Path jar : jars) {
        if (Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(file)) > 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Arguments of a process that uses it. */
  public List<String> use() {
    return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:disable", "-Xlog:all=error:stderr");
  }

  /** Arguments of a process that makes it when it ends. */
  public List<String> make() throws IOException {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    return List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable", "-Xlog:all=error:stderr");
  }
}
