package uk.progressstream.log.verify;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the Go program under src/test/go, which knows nothing of our code. */
public final class GoVerifier {
  private static final Path PACKAGES = Path.of("/usr/share/gocode");
  private static final Path PROGRAM = Path.of("../log/src/test/go");
  private static final int SECONDS_MAX = 120;

  /** What a test says that is skipped. */
  public static final String MISSING =
      "SKIPPED: no independent check of the audit log; install golang-go and"
          + " golang-golang-x-mod-dev to run it";

  /** Exit code and all that was printed. */
  public record Result(int exitCode, String output) {}

  private GoVerifier() {}

  /** Whether Go and Debian's package golang-golang-x-mod-dev are there. */
  public static boolean isThere() {
    boolean go =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    return go && Files.isDirectory(PACKAGES.resolve("src/golang.org/x/mod/sumdb/tlog"));
  }

  /** Builds the program and runs it on a folder of files. */
  public static Result run(Path scratch, Path log, String key, List<Path> proofs)
      throws IOException, InterruptedException {
    Path program = scratch.resolve("verify-log");
    Result built = start(scratch, List.of("go", "build", "-o", program.toString(), "main.go"));
    if (built.exitCode() != 0) {
      throw new IOException("the Go program does not build: " + built.output());
    }
    List<String> command = new ArrayList<>(List.of(program.toString(), log.toString(), key));
    proofs.forEach(proof -> command.add(proof.toString()));
    return start(scratch, command);
  }

  private static Result start(Path scratch, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(scratch, "go", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(PROGRAM.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("GOPATH", PACKAGES.toString());
    builder.environment().put("GO111MODULE", "off");
    builder.environment().put("GOCACHE", Path.of("target/go-cache").toAbsolutePath().toString());
    builder.environment().put("GOFLAGS", "");
    Process process = builder.start();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("Go gives no answer");
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
