package uk.progressstream.platform.keys;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** A process of its own that uses schools' keys for the first time and leaves what it wrapped. */
final class FirstUses {
  private FirstUses() {}

  static Process start(Path keys, List<UUID> schools, Path results) throws IOException {
    Files.createDirectories(results);
    String ids = schools.stream().map(UUID::toString).collect(Collectors.joining(","));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FirstUses.class.getName(),
            keys.toString(),
            ids,
            results.toString())
        .inheritIO()
        .start();
  }

  /** Arguments: folder of the keys, ids of the schools, folder for what was wrapped. */
  public static void main(String[] arguments) throws Exception {
    LocalKmsClient client = new LocalKmsClient(Path.of(arguments[0]));
    for (String school : arguments[1].split(",", -1)) {
      Aead kek = client.getAead(LocalKmsClient.PREFIX + school);
      byte[] wrapped = kek.encrypt(school.getBytes(StandardCharsets.UTF_8), new byte[0]);
      Files.write(Path.of(arguments[2]).resolve(school), wrapped);
    }
  }
}
