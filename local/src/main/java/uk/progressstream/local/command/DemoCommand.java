package uk.progressstream.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The whole story. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Starts everything, walks the whole story, stops it again.")
public final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 1;
  }
}
