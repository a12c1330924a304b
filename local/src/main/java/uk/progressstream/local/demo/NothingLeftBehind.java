package uk.progressstream.local.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.progressstream.local.installation.RunFile;

/** Looks for what was uploaded, where it must not be: in the raw database files and all logs. */
final class NothingLeftBehind implements Chapter {
  /** Enrollment ids of the sample, and whatever has the form of a postcode. */
  private static final Pattern SUSPECT =
      Pattern.compile("(?:GP|MS)-[PM][0-9]{4}|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}");

  private static final int TELLING_LENGTH = 6;

  @Override
  public String title() {
    return "Raw database files, logs and the write-ahead log are searched for what was uploaded";
  }

  @Override
  public String clauses() {
    return "D2 D3 D4 D8";
  }

  @Override
  public String tell(World world) throws IOException {
    Set<String> secret = new HashSet<>();
    world
        .schools()
        .forEach(
            school ->
                school
                    .plan()
                    .school()
                    .pupils()
                    .forEach(
                        pupil -> {
                          secret.add(pupil.enrollmentId());
                          secret.add(pupil.postcode());
                          secret.add(pupil.postcode().replace(" ", ""));
                        }));
    long files = 0;
    long bytes = 0;
    for (Path file : files(world.run())) {
      String content = read(file);
      look(content, secret, world.refusedValues(), file);
      files++;
      bytes += content.length();
    }
    return "%d files, %d MiB: none of %d ids and postcodes, and no refused value"
        .formatted(files, bytes >> 20, secret.size());
  }

  private static void look(String content, Set<String> secret, List<String> refused, Path file) {
    Matcher matcher = SUSPECT.matcher(content);
    while (matcher.find()) {
      String found = matcher.group();
      // Random bytes may spell five letters, but hardly six.
      boolean telling = found.length() >= TELLING_LENGTH;
      World.check(!telling || !secret.contains(found), "an uploaded value is in " + file);
    }
    refused.forEach(
        value -> World.check(!content.contains(value), "a refused value is in " + file));
  }

  /** A file that the server removed meanwhile holds nothing. */
  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static List<Path> files(RunFile run) throws IOException {
    JsonObject postgres = run.json().getJsonObject("postgres");
    Path data = Path.of(postgres.getString("dataDirectory"));
    Path logs = Path.of(run.service("grades").getString("logFile")).getParent();
    try (Stream<Path> database = Files.walk(data);
        Stream<Path> log = Files.walk(logs)) {
      return Stream.concat(database, log).filter(Files::isRegularFile).toList();
    }
  }
}
