package uk.progressstream.ingest.kind;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import uk.progressstream.ingest.value.DataTable;

/**
 * Headers that say who a person is. A header can itself be a name, so a refusal repeats only names
 * from this list.
 */
final class IdentityHeaders {
  private static final Map<String, String> NAME_BY_WORDS = load();

  private IdentityHeaders() {}

  /** The name that may be repeated for such a header, or empty where it is not one. */
  static Optional<String> nameOf(String header) {
    String words = words(header);
    String whole = NAME_BY_WORDS.get(words);
    return whole != null
        ? Optional.of(whole)
        : Arrays.stream(words.split(" "))
            .map(NAME_BY_WORDS::get)
            .filter(Objects::nonNull)
            .findFirst();
  }

  // "StudentForename", "student_forename" and "Student Forename 1" are the same words.
  private static String words(String header) {
    return header
        .replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}]+", " ")
        .strip();
  }

  private static Map<String, String> load() {
    Map<String, String> names = new HashMap<>();
    for (List<String> row : DataTable.read("identity-headers.csv")) {
      row.stream().skip(1).forEach(words -> names.put(words, row.get(0)));
    }
    return names;
  }
}
