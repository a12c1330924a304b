package uk.progressstream.log.verify;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verifier as a command of its own, {@code java -jar progress-stream-verifier.jar}. */
@Command(
    name = "progress-stream-verifier",
    subcommands = WitnessCommand.class,
    description = {
      "Checks the audit log with nothing but its public key.",
      "Exit code 0: everything holds; 1: something does not; 2: it could not be checked."
    })
public final class VerifierMain implements Callable<Integer> {
  @Mixin private final VerifyOptions options = new VerifyOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this help")
  private boolean help;

  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  /** See the usage that it prints. */
  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new VerifierMain());
  }

  @Override
  public Integer call() {
    CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
    return Verification.run(options, line.getOut(), line.getErr());
  }
}
