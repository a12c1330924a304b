package uk.progressstream.local.sample;

import java.util.function.Consumer;
import uk.progressstream.local.installation.RunFile;

/** The sample. */
public final class SampleSetUp {
  private SampleSetUp() {}

  /** At a running installation. */
  public static SampleSetUp at(RunFile run) {
    return new SampleSetUp();
  }

  /** Creates it. */
  public void run(Consumer<String> says) {}
}
