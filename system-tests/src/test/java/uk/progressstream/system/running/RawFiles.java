package uk.progressstream.system.running;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks through files byte by byte, as somebody with a stolen disk would. */
public final class RawFiles {
  private RawFiles() {}

  /**
   * Where a pattern occurs in the files below a directory.
   *
   * @param pattern over bytes taken as Latin-1
   * @param counts whether a match is one that matters
   * @return {@code file: match}, at most one a file
   */
  public static List<String> find(Path directory, Pattern pattern, Predicate<String> counts)
      throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher matcher = pattern.matcher(content(file));
        while (matcher.find()) {
          if (counts.test(matcher.group())) {
            found.add(directory.relativize(file) + ": " + matcher.group());
            break;
          }
        }
      }
    }
    return found;
  }

  private static String content(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException goneMeanwhile) {
      return "";
    }
  }
}
