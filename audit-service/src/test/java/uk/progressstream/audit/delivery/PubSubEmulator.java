package uk.progressstream.audit.delivery;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import uk.progressstream.transport.pubsub.PubSubConnection;

/** Google's own emulator of Pub/Sub, a process of its own on loopback. */
final class PubSubEmulator implements AutoCloseable {
  /** The emulator's jar, where it is not beside an installed Google Cloud SDK. */
  static final String JAR = "PUBSUB_EMULATOR_JAR";

  private static final String[] SDK_TOOLS = {"gcloud", "kubectl"};
  private static final Duration START_MAX = Duration.ofSeconds(30);

  private final Process process;
  private final int port;

  private PubSubEmulator(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where the emulator is on this machine. */
  static Optional<Path> jar() {
    String named = System.getenv(JAR);
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isReadable);
    }
    return sdkRoots()
        .map(root -> root.resolve("platform/pubsub-emulator/lib"))
        .flatMap(PubSubEmulator::jarsIn)
        .findFirst();
  }

  /** Starts it on a port of loopback. */
  static PubSubEmulator start(Path jar, int port) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--host=localhost",
                "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    PubSubEmulator emulator = new PubSubEmulator(process, port);
    emulator.awaitStart();
    return emulator;
  }

  /**
   * Sends a signal to it, such as {@code STOP}, after which it answers nobody until {@code CONT}.
   */
  void signal(String name) throws Exception {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("the emulator takes no signal");
    }
  }

  /** Over a port on loopback: the emulator speaks plain text and knows no credentials. */
  static PubSubConnection connection(String project, int port) {
    return new PubSubConnection(
        project,
        InstantiatingGrpcChannelProvider.newBuilder()
            .setEndpoint("localhost:" + port)
            .setChannelConfigurator(ManagedChannelBuilder::usePlaintext)
            .build(),
        NoCredentialsProvider.create());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  private void awaitStart() throws Exception {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          close();
          throw new IOException("the emulator does not start", notYet);
        }
        Thread.sleep(50);
      }
    }
  }

  private static Stream<Path> sdkRoots() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> Stream.of(SDK_TOOLS).map(tool -> Path.of(folder, tool)))
        .filter(Files::isExecutable)
        .map(PubSubEmulator::real)
        .map(tool -> tool.getParent().getParent())
        .filter(root -> root != null);
  }

  private static Path real(Path tool) {
    try {
      return tool.toRealPath();
    } catch (IOException e) {
      return tool;
    }
  }

  private static Stream<Path> jarsIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
