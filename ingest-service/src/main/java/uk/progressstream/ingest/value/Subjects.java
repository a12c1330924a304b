package uk.progressstream.ingest.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * Subjects that a grade may be in: those of the school's own classes, as the school spells them,
 * then the list in {@code /ingest/subjects.csv} (name, other spellings). Anything else is refused,
 * since it could be a name.
 */
public final class Subjects {
  private static final List<List<String>> LIST = DataTable.read("subjects.csv");

  // What grades-service can hold; a class may be called anything else.
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .&/-]{0,39}");

  private final Map<String, String> nameBySpelling = new HashMap<>();

  /**
   * Subjects for a school whose classes have these subjects; others than grades-service can hold
   * count for nothing.
   */
  public Subjects(Set<String> ofClasses) {
    for (List<String> row : LIST) {
      row.forEach(spelling -> nameBySpelling.put(DataTable.key(spelling), row.get(0)));
    }
    ofClasses.stream()
        .filter(subject -> FORM.matcher(subject).matches())
        .forEach(subject -> nameBySpelling.put(DataTable.key(subject), subject));
  }

  /** The subject as it is passed on. */
  public Checked<String> check(String text) {
    String name = nameBySpelling.get(DataTable.key(text));
    return name != null
        ? Checked.good(name)
        : Checked.refused(IdentityShape.orElse(text, ProblemCode.UNKNOWN_SUBJECT));
  }
}
