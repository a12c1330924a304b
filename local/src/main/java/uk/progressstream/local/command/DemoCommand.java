package uk.progressstream.local.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.progressstream.local.demo.Demo;
import uk.progressstream.local.installation.Checkout;

/** The whole story. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Starts everything, walks the whole story, stops it again.")
public final class DemoCommand implements Callable<Integer> {
  @Option(names = "--keep", description = "leaves everything running")
  private boolean keep;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keeps all data in DIR; default: a temporary directory")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port of the gateway, 0 for a free one; default: ${DEFAULT-VALUE}",
      defaultValue = "" + UpCommand.DEFAULT_PORT)
  private int port;

  @Override
  public Integer call() throws IOException {
    return new Demo(Checkout.current(), port, keep).run(data) ? 0 : 1;
  }
}
