package uk.progressstream.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.local.service.JavaCommand;

class LeftBehindTest {
  @TempDir Path directory;

  @Test
  @DisplayName("A launcher whose own command names the data, as the demo's does, spares itself")
  void sparesItself() throws Exception {
    Process launcher =
        new ProcessBuilder(
                JavaCommand.java(),
                "-Dprogress-stream.data=" + directory,
                "-Dprogress-stream.home=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                directory.toString())
            .inheritIO()
            .start();

    assertThat(launcher.waitFor()).isZero();
  }

  /** What a launcher does first. */
  public static final class Launcher {
    private Launcher() {}

    /** Ends what is left on this data. */
    public static void main(String[] args) throws IOException {
      Path data = Path.of(args[0]);
      boolean own =
          ProcessHandle.current()
              .info()
              .commandLine()
              .filter(command -> JavaCommand.isOn(data, command))
              .isPresent();
      System.exit(own && LeftBehind.end(data) == 0 ? 0 : 1);
    }
  }
}
