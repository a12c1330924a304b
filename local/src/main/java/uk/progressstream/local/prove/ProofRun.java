package uk.progressstream.local.prove;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs the proofs of some clauses by Maven, whatever fails. */
final class ProofRun {
  // "Building Grades service 1.0.0-SNAPSHOT   [9/15]"
  private static final Pattern MODULE = Pattern.compile("Building (.+?) \\S+ +\\[\\d+/\\d+]");

  private final Path root;
  private final Path log;

  ProofRun(Path root, Path log) {
    this.root = root;
    this.log = log;
  }

  /**
   * Runs them; returns Maven's exit code, 0 also where a test failed.
   *
   * @param module is told each module that begins
   */
  int run(Set<Clause> clauses, Consumer<String> module) throws IOException, InterruptedException {
    Process maven =
        new ProcessBuilder(
                List.of(
                    root.resolve("mvnw").toString(),
                    "-B",
                    "-ntp",
                    "verify",
                    "-Dmaven.test.failure.ignore=true",
                    "-Dproof.clauses="
                        + clauses.stream().map(Clause::name).collect(Collectors.joining(","))))
            .directory(root.toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = maven.inputReader();
        BufferedWriter out = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(line);
        out.newLine();
        Matcher matcher = MODULE.matcher(line);
        if (matcher.find()) {
          module.accept(matcher.group(1));
        }
      }
    }
    return maven.waitFor();
  }
}
