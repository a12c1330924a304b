package uk.progressstream.local.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.local.Failure;

class DataDirectoryTest {
  @TempDir private Path parent;

  @Test
  @DisplayName("One launcher at a time, and the next when it has gone")
  void oneAtATime() throws Exception {
    Path path = parent.resolve("data");
    try (DataDirectory first = DataDirectory.open(path, false)) {
      assertThat(first.path()).isEqualTo(path);
      assertThatThrownBy(() -> DataDirectory.open(path, false))
          .isInstanceOf(Failure.class)
          .hasMessage(path + " is in use by another ./progress-stream up");
    }
    DataDirectory.open(path, false).close();
    assertThat(path).exists();
  }

  @Test
  @DisplayName("Nobody else can look into it, and a temporary one goes away whole")
  void privateAndGone() throws Exception {
    Path path = parent.resolve("deep/data");
    try (DataDirectory data = DataDirectory.open(path, true)) {
      Files.writeString(Files.createDirectory(data.resolve("logs")).resolve("a.log"), "a");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  @DisplayName("A place that cannot be written to is one line that names it and says why")
  void aPlaceThatCannotBeWrittenTo() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "not a directory");

    assertThatThrownBy(() -> DataDirectory.open(file, false))
        .isInstanceOf(Failure.class)
        .hasMessage("cannot write to " + file + ": a file of that name is in the way");
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data"), false))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("cannot write to " + file.resolve("data") + ": ");
    assertThat(file).hasContent("not a directory");
  }
}
