package uk.progressstream.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The proofs. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = "Runs the proofs of the policy's clauses and writes the matrix.")
public final class ProveCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 1;
  }
}
