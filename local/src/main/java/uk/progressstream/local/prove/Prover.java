package uk.progressstream.local.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.progressstream.local.Failure;
import uk.progressstream.local.up.Bar;

/** Proves clauses and writes the matrix to the terminal, as HTML and as JSON. */
public final class Prover {
  private static final int MODULES = 15;

  private final Path root;

  /** Proves in this checkout. */
  public Prover(Path root) {
    this.root = root;
  }

  /**
   * Runs the proofs.
   *
   * @param names of clauses; none for all
   * @return whether none failed
   */
  public boolean prove(List<String> names) throws IOException, InterruptedException {
    Set<Clause> clauses =
        names.isEmpty()
            ? EnumSet.allOf(Clause.class)
            : names.stream()
                .map(Clause::named)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Clause.class)));
    Path directory = Files.createDirectories(root.resolve("target/proofs"));
    Path log = directory.resolve("maven.log");
    ProofFiles files = new ProofFiles(root);
    files.clear();
    run(clauses, log);
    Matrix matrix = Matrix.of(Instant.now(), clauses, files.read());
    Files.writeString(directory.resolve("matrix.json"), matrix.json());
    Files.writeString(directory.resolve("matrix.html"), matrix.html());
    System.out.print(matrix.text());
    System.out.println("matrix: " + directory.resolve("matrix.html") + " and matrix.json");
    return !matrix.failed();
  }

  private void run(Set<Clause> clauses, Path log) throws IOException, InterruptedException {
    try (Bar bar = Bar.open("proving", MODULES, "", 1)) {
      int exit = new ProofRun(root, log).run(clauses, bar::step);
      if (exit != 0) {
        throw new Failure("the proofs did not run to their end; see " + log);
      }
    }
  }
}
