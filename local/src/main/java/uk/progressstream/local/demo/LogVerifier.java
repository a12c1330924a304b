package uk.progressstream.local.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.installation.RunFile;

/** The audit service's verifier command, which a school may run: it knows the public key alone. */
final class LogVerifier {
  private static final String MAIN = "uk.progressstream.audit.verify.VerifierMain";

  private final Path quarkusApp;

  LogVerifier(Checkout checkout) {
    this.quarkusApp = checkout.root().resolve("audit-service/target/quarkus-app");
  }

  boolean accepts(String key, Path proof) throws IOException {
    return run(List.of("--key", key, "--proof", proof.toString()));
  }

  boolean acceptsWholeLog(String key, RunFile run) throws IOException {
    return run(
        List.of(
            "--key",
            key,
            "--url",
            run.gateway() + "/audit/v1",
            "--ca",
            run.authority().toString()));
  }

  private boolean run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", classPath(), MAIN));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int exitCode = process.waitFor();
      if (exitCode > 1) {
        throw new Failure("the verifier could not check");
      }
      return exitCode == 0;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }

  private String classPath() throws IOException {
    try (Stream<Path> jars = Files.walk(quarkusApp)) {
      List<String> all =
          jars.map(Path::toString)
              .filter(jar -> jar.endsWith(".jar") && !jar.endsWith("quarkus-run.jar"))
              .sorted()
              .toList();
      return String.join(File.pathSeparator, all);
    }
  }
}
