package uk.progressstream.local.command;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.progressstream.local.Failure;
import uk.progressstream.local.client.SignIn;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.log.verify.Verification;
import uk.progressstream.log.verify.VerifyOptions;

/** The verifier, against what runs on this machine unless it is told of another log. */
@Command(
    name = "verify-log",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the audit log: the whole tree, checkpoints that were kept, proofs, a school's records.",
      "Without --url it checks the running installation, and takes the log's key from there unless --key is given.",
      "Exit code 0: everything holds; 1: something does not; 2: it could not be checked."
    })
public final class VerifyLogCommand implements Callable<Integer> {
  @Mixin private final VerifyOptions options = new VerifyOptions();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "a sample account, whose school's records are downloaded and checked")
  private @Nullable String account;

  @Mixin private final DataOption data = new DataOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    try {
      if (!options.hasUrl() && !(options.onlyProofs() && options.hasKey())) {
        takeFrom(data.run(), line);
      } else if (account != null) {
        throw new Failure("--account is for the running installation");
      }
    } catch (IOException | Failure e) {
      // Not through the launcher's own handler: its code for a failure says here that the log is
      // wrong.
      line.getErr().println("could not check: " + e.getMessage());
      return Verification.NOT_CHECKED;
    }
    return Verification.run(options, line.getOut(), line.getErr());
  }

  private void takeFrom(RunFile run, CommandLine line) throws IOException {
    SignIn signIn = SignIn.at(run);
    options.orElse(run.gateway() + "/audit/v1", run.authority());
    if (!options.hasKey()) {
      String key = signIn.gateway().get("/audit/v1/key").require(200).body().strip();
      options.key(key);
      line.getOut().println("key of the log, taken from the log itself: " + key);
    }
    if (account != null) {
      options.token(signIn.accessToken(SampleAccount.named(account), ""));
    }
  }
}
