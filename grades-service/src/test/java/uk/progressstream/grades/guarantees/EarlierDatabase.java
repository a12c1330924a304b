package uk.progressstream.grades.guarantees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import uk.progressstream.provisioning.testing.ServiceTestResource;

/**
 * A service that finds its database as an earlier version left it: all is there but the last
 * migration of the platform.
 */
public class EarlierDatabase extends ServiceTestResource {
  private static final String URL =
      "jdbc:postgresql://%s:%s/%s?sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s";

  @Override
  public Map<String, String> start() {
    Map<String, String> configuration = super.start();
    try {
      Path migrations = Files.createTempDirectory("migrations");
      copy("db/platform", migrations);
      Files.delete(last(migrations));
      copy("db/migration", migrations);
      migrate(configuration, migrations);
      delete(migrations);
      return configuration;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void migrate(Map<String, String> configuration, Path migrations) {
    String url =
        URL.formatted(
            configuration.get("ps.database.host"),
            configuration.get("ps.database.port"),
            configuration.get("ps.database.name"),
            configuration.get("ps.tls.ca"),
            configuration.get("ps.tls.certificate"),
            configuration.get("ps.tls.key-der"));
    Flyway.configure()
        .dataSource(url, "grades_owner", configuration.get("ps.database.owner-password"))
        .locations("filesystem:" + migrations)
        .placeholders(Map.of("service", "grades"))
        .load()
        .migrate();
  }

  private static Path last(Path migrations) throws IOException {
    return files(migrations).stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  /** From the classpath, whether its part is a directory or an archive. */
  private static void copy(String folder, Path to) throws IOException {
    URL found = EarlierDatabase.class.getClassLoader().getResource(folder);
    if (found == null) {
      throw new IOException("no " + folder);
    }
    try {
      URI uri = found.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem archive = FileSystems.newFileSystem(uri, Map.of())) {
          copy(archive.getPath(folder), to);
        }
      } else {
        copy(Path.of(uri), to);
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Files.copy(file, to.resolve(file.getFileName().toString()));
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    for (Path file : files(directory)) {
      Files.delete(file);
    }
    Files.delete(directory);
  }
}
