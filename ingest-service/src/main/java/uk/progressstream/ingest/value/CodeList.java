package uk.progressstream.ingest.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * The codes that one column may hold, from {@code /ingest/codes/<name>.csv}: code, meaning, other
 * spellings.
 */
public final class CodeList {
  private final String name;
  private final Map<String, String> codeBySpelling = new LinkedHashMap<>();
  private final Set<String> codes = new LinkedHashSet<>();

  private CodeList(String name, List<List<String>> rows) {
    this.name = name;
    for (List<String> row : rows) {
      String code = row.get(0);
      codes.add(code);
      codeBySpelling.put(DataTable.key(code), code);
      row.stream().skip(2).forEach(spelling -> codeBySpelling.put(DataTable.key(spelling), code));
    }
  }

  /** Loads a list by the name of its file. */
  public static CodeList load(String name) {
    return new CodeList(name, DataTable.read("codes/" + name + ".csv"));
  }

  /** The code as the list writes it. */
  public Checked<String> check(String text) {
    String code = codeBySpelling.get(DataTable.key(text));
    return code != null
        ? Checked.good(code)
        : Checked.refused(IdentityShape.orElse(text, ProblemCode.UNKNOWN_CODE), name);
  }

  /** Every code in the order of the file. */
  public Collection<String> codes() {
    return codes;
  }
}
