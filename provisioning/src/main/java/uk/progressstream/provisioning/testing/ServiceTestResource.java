package uk.progressstream.provisioning.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Surroundings of one service: {@code @WithTestResource(value = ServiceTestResource.class, initArgs
 * = @ResourceArg(name = "service", value = "grades"))}. The service then runs as in production:
 * real PostgreSQL with its roles and seal key, mutual TLS, tokens by their public key. {@link
 * TestKit#current()} gives a test what it needs. Peers other than identity's key set do not answer.
 */
public class ServiceTestResource implements QuarkusTestResourceLifecycleManager {
  private String service = "";
  private @Nullable ServiceSurroundings surroundings;

  @Override
  public void init(Map<String, String> arguments) {
    String name = arguments.get("service");
    if (name == null) {
      throw new IllegalArgumentException("which service? initArgs must have 'service'");
    }
    service = name;
  }

  @Override
  public Map<String, String> start() {
    try {
      ServiceSurroundings started = ServiceSurroundings.start(service);
      surroundings = started;
      return started.configuration();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    ServiceSurroundings started = surroundings;
    if (started == null) {
      return;
    }
    try {
      started.close();
      delete(started.directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
