package uk.progressstream.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.installation.RunFile;

/** The verifier that a school may run: a jar by itself, which knows the public key alone. */
final class LogVerifier {
  private final Path jar;

  LogVerifier(Checkout checkout) {
    this.jar = checkout.root().resolve("log/target/progress-stream-verifier.jar");
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
    command.addAll(List.of("-jar", jar.toString()));
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
}
