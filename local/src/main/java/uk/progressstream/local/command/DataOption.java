package uk.progressstream.local.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.installation.CurrentRun;
import uk.progressstream.local.installation.RunFile;

/** {@code --data}, for commands that look at what runs. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "data directory of the running installation; default: the one started last")
  private @Nullable Path data;

  RunFile run() throws IOException {
    return RunFile.read(directory());
  }

  Path directory() throws IOException {
    return CurrentRun.find(Checkout.current(), data);
  }
}
