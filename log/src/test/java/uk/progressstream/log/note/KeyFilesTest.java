package uk.progressstream.log.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
  @TempDir Path folder;

  @Test
  void aKeyIsForItsOwnerAloneAndNeverOverwritten() throws IOException {
    Path file = folder.resolve("log.key");
    KeyFiles.create(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(KeyFiles.read(file, "log.example/a").verifierKey())
        .isEqualTo(KeyFiles.read(file, "log.example/a").verifierKey());
    assertThatThrownBy(() -> KeyFiles.create(file)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutShowingIt() throws IOException {
    Path file = Files.writeString(folder.resolve("log.key"), "secret but not a key!\n");

    assertThatThrownBy(() -> KeyFiles.read(file, "log.example/a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }
}
