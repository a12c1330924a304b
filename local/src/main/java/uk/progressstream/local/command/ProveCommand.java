package uk.progressstream.local.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.prove.Prover;

/** The proofs. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = "Runs the proofs of the policy's clauses and writes the matrix.")
public final class ProveCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CLAUSE",
      arity = "0..*",
      description = "D1 to D14, B1 to B6; without any, all of them")
  private List<String> clauses = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return new Prover(Checkout.current().root()).prove(clauses) ? 0 : 1;
  }
}
