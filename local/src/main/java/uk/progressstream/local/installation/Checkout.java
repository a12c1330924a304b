package uk.progressstream.local.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import uk.progressstream.local.Failure;
import uk.progressstream.local.service.JavaProgram;
import uk.progressstream.local.service.Service;

/**
 * The built tree that the command runs from.
 *
 * @param root its top folder
 */
public record Checkout(Path root) {

  /** The one that the shell script named. */
  public static Checkout current() {
    String home = System.getProperty("progress-stream.home");
    if (home == null) {
      throw new Failure("start it by ./progress-stream");
    }
    return new Checkout(Path.of(home).toAbsolutePath().normalize());
  }

  /** What a service's build left. */
  public JavaProgram program(Service service) throws IOException {
    return JavaProgram.service(service, built(service.label() + "-service"));
  }

  /** What the gateway's build left. */
  public JavaProgram gateway() throws IOException {
    return JavaProgram.gateway(built("gateway"));
  }

  private Path built(String module) {
    Path app = root.resolve(module + "/target/quarkus-app");
    if (Files.notExists(app.resolve("quarkus-run.jar"))) {
      throw new Failure(module + " is not built: run ./mvnw -DskipTests package");
    }
    return app;
  }

  /** How long the last whole ./mvnw verify of this tree took; empty where none was run. */
  public Optional<Integer> verifySeconds() throws IOException {
    Path file = root.resolve("system-tests/target/verify-seconds");
    return Files.exists(file)
        ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
        : Optional.empty();
  }

  /** The launcher's own jar. */
  public Path launcherJar() {
    return root.resolve("local/target/progress-stream.jar");
  }
}
