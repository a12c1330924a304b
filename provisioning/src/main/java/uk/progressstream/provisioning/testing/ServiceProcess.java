package uk.progressstream.provisioning.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, which can be killed without a word. */
public final class ServiceProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

  // In a test identity's gRPC side has a port of its own, beside its key set.
  private static final String WHO_TELLS_OF_ACCESS = "quarkus.grpc.clients.identity.port";

  private final Process process;

  private ServiceProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the one of the module under test, which has been packaged.
   *
   * @param configuration of {@link ServiceTestResource}, given as environment variables like
   *     anywhere else
   * @param port where it listens
   * @param log where its output is appended
   */
  public static ServiceProcess start(Map<String, String> configuration, int port, Path log)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder = new ProcessBuilder(java, "-Xmx192m", "-jar", JAR.toString());
    configuration.forEach(
        (key, value) -> {
          if (key.startsWith("ps.") || key.equals(WHO_TELLS_OF_ACCESS)) {
            builder.environment().put(variable(key), value);
          }
        });
    builder.environment().put("PS_HTTP_PORT", Integer.toString(port));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new ServiceProcess(builder.start());
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: no shutdown hook runs, no connection is closed in order. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
