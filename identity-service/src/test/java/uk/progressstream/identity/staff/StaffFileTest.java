package uk.progressstream.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D13")
class StaffFileTest {
  private static final String KEY = "google|c.example|a@c.example";
  private static final String ENTRY =
      "{\"issuer\":\"google\",\"domain\":\"c.example\",\"email\":\"a@c.example\",\"permissions\":[%s]}";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("staff.json");
    write("[" + ENTRY.formatted("\"session:take\",\"breach:manage\"") + "]");
  }

  @Test
  @DisplayName("What an entry gives is what both the file and the database say")
  void both() {
    StaffList list = new StaffFile(file).current();

    assertThat(list.permissions(Map.of(KEY, Set.of("session:take", "school:onboard"))))
        .containsExactly("session:take");
    assertThat(list.permissions(Map.of(KEY, Set.of()))).isEmpty();
    assertThat(list.permissions(Map.of("google|c.example|b@c.example", Set.of("session:take"))))
        .isEmpty();
    assertThat(list.permissions(Map.of())).isEmpty();
  }

  @Test
  @DisplayName("A file that is swapped as Kubernetes swaps a mounted Secret is read anew")
  void swapped() throws IOException {
    Files.delete(file);
    Path data = folder.resolve("..data");
    Files.createSymbolicLink(data, version("1", "\"session:take\""));
    Files.createSymbolicLink(file, Path.of("..data", "staff.json"));
    StaffFile staff = new StaffFile(file);
    Path next = folder.resolve("..data_tmp");
    Files.createSymbolicLink(next, version("2", "\"school:onboard\""));

    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    staff.renew();

    assertThat(staff.current().json().getJsonArray(KEY)).containsExactly("school:onboard");
  }

  @Test
  @DisplayName("A file that is no list is refused at the start; later on the last good one counts")
  void noList() throws IOException {
    StaffFile staff = new StaffFile(file);
    for (String bad :
        new String[] {
          "",
          "nonsense",
          "{}",
          "[1]",
          "[{}]",
          "[" + ENTRY.formatted("\"god\"") + "]",
          "[" + ENTRY.formatted("") + "]"
        }) {
      write(bad);
      assertThatThrownBy(() -> new StaffFile(file))
          .as(bad)
          .isInstanceOf(IllegalStateException.class)
          .hasNoCause();
      assertThatThrownBy(staff::renew).as(bad).isInstanceOf(IllegalStateException.class);
      assertThat(staff.current().json().fieldNames()).containsExactly(KEY);
    }
    Files.delete(file);
    assertThatThrownBy(staff::renew).isInstanceOf(IllegalStateException.class);
    assertThat(staff.current().json().fieldNames()).containsExactly(KEY);
  }

  @Test
  @DisplayName("An hour without a good file, and nobody is staff; with the next good one they are")
  void anHour() throws IOException {
    StaffFile staff = new StaffFile(file);
    long now = System.nanoTime();
    long later = now + StaffFile.LAST_GOOD_FOR.toNanos();

    assertThat(staff.current(now).entries()).hasSize(1);
    assertThat(staff.current(later).entries()).isEmpty();

    staff.renew();
    assertThat(staff.current().entries()).hasSize(1);
  }

  @Test
  @DisplayName("An empty list is a list: nobody is staff")
  void nobody() throws IOException {
    write("[]");

    assertThat(new StaffFile(file).current().entries()).isEmpty();
  }

  private Path version(String name, String permissions) throws IOException {
    Path directory = Files.createDirectory(folder.resolve(name));
    Files.writeString(directory.resolve("staff.json"), "[" + ENTRY.formatted(permissions) + "]");
    return directory;
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }
}
