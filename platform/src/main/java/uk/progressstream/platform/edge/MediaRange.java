package uk.progressstream.platform.edge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the types that a request accepts (RFC 9110, 12.5.1). Parameters other than the quality are
 * not looked at: no type here is served in two ways that differ in them.
 *
 * @param type or a star
 * @param subtype or a star
 * @param quality 0 to 1; 0 for what is not wanted
 */
record MediaRange(String type, String subtype, double quality) {
  private static final int RANGES_MAX = 50;
  private static final String ANY = "*";
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'+.^_`|~0-9a-z-]+");
  private static final Pattern QUALITY = Pattern.compile("[01]?(?:\\.[0-9]{0,3})?");

  /** Those of all fields together, 50 at most; what is not understood counts for nothing. */
  static List<MediaRange> of(List<String> accept) {
    return accept.stream()
        .flatMap(field -> Arrays.stream(field.split(",", RANGES_MAX + 1)))
        .limit(RANGES_MAX)
        .map(MediaRange::parsed)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Type and subtype of a Content-Type in lower case; empty where it is none. */
  static Optional<String> contentType(String field) {
    return parsed(field)
        .filter(range -> !range.type.equals(ANY) && !range.subtype.equals(ANY))
        .map(range -> range.type + "/" + range.subtype);
  }

  /**
   * The first of the best that is offered; empty where nothing of it is wanted.
   *
   * @param offered without parameters, the preferred one first
   */
  static Optional<String> best(List<MediaRange> accepted, List<String> offered) {
    return offered.stream()
        .filter(type -> quality(accepted, type) > 0)
        .reduce((first, next) -> quality(accepted, next) > quality(accepted, first) ? next : first);
  }

  /** As the most exact range says. */
  private static double quality(List<MediaRange> accepted, String offered) {
    String[] parts = offered.split("/", 2);
    return accepted.stream()
        .filter(range -> range.type.equals(ANY) || range.type.equals(parts[0]))
        .filter(range -> range.subtype.equals(ANY) || range.subtype.equals(parts[1]))
        .max(Comparator.comparing(MediaRange::exactness))
        .map(MediaRange::quality)
        .orElse(0.0);
  }

  private int exactness() {
    return (type.equals(ANY) ? 0 : 2) + (subtype.equals(ANY) ? 0 : 1);
  }

  private static Optional<MediaRange> parsed(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
    String[] names = parts[0].strip().split("/", -1);
    if (names.length != 2 || !isName(names[0]) || !isName(names[1])) {
      return Optional.empty();
    }
    return quality(parts).map(quality -> new MediaRange(names[0], names[1], quality));
  }

  private static boolean isName(String text) {
    return text.equals(ANY) || TOKEN.matcher(text).matches();
  }

  private static Optional<Double> quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        String number = parameter.substring("q=".length()).strip();
        boolean isOne = QUALITY.matcher(number).matches() && number.matches(".*[0-9].*");
        return isOne ? Optional.of(Math.min(1.0, Double.parseDouble(number))) : Optional.empty();
      }
    }
    return Optional.of(1.0);
  }
}
