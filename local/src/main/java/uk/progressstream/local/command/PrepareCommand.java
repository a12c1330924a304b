package uk.progressstream.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import uk.progressstream.local.client.SignIn;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.local.sample.SampleSetUp;
import uk.progressstream.local.up.Installation;
import uk.progressstream.local.up.UpOptions;

/**
 * Starts everything once, uses it a little and stops it, so that each process leaves a start
 * archive behind. Part of building.
 */
@Command(
    name = "prepare",
    hidden = true,
    description = "Makes the archives that later starts are fast with.")
public final class PrepareCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException {
    UpOptions options = new UpOptions(null, true, 0, true);
    try (Installation installation =
        Installation.prepare(Checkout.current(), options, line -> {})) {
      installation.start(part -> {});
      RunFile run = RunFile.read(installation.directory());
      SampleSetUp.at(run).run(line -> {});
      SignIn signIn = SignIn.at(run);
      signIn.as(SampleAccount.GP_TEACHER).get("/grades/v1/grades");
      signIn.as(SampleAccount.DPO).get("/breach/v1/breaches");
    }
    return 0;
  }
}
