package uk.progressstream.ingest.value;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * Special educational needs of one pupil. Rules of the school census: provision is exactly one of
 * N, K, E; types are ranked and distinct, go with K or E only, and NSA goes with K only.
 */
public final class SenNeed {
  private static final Pattern SEPARATORS = Pattern.compile("[\\s,;|/]+");
  private static final CodeList PROVISIONS = CodeList.load("sen-provision");
  private static final CodeList TYPES = CodeList.load("sen-type");
  private static final String NO_ASSESSMENT = "NSA";

  private SenNeed() {}

  /** The provision that a cell holds. */
  public static Checked<String> provision(String text) {
    return PROVISIONS.check(text);
  }

  /** The ranked types that a cell holds, beside a provision that was checked before. */
  public static Checked<List<String>> types(String text, String provision) {
    List<String> types = new ArrayList<>();
    for (String word : SEPARATORS.split(text)) {
      if (!(TYPES.check(word) instanceof Checked.Good<String> type)) {
        return Checked.refused(IdentityShape.orElse(text, ProblemCode.UNKNOWN_CODE), "sen-type");
      }
      if (types.contains(type.value())) {
        return Checked.refused(ProblemCode.REPEATED_CODE);
      }
      types.add(type.value());
    }
    return goingWith(provision, types);
  }

  private static Checked<List<String>> goingWith(String provision, List<String> types) {
    if (!provision.equals("K") && !provision.equals("E")) {
      return Checked.refused(ProblemCode.SEN_TYPE_WITHOUT_PROVISION);
    }
    if (types.contains(NO_ASSESSMENT) && !provision.equals("K")) {
      return Checked.refused(ProblemCode.SEN_TYPE_NEEDS_K);
    }
    return Checked.good(List.copyOf(types));
  }
}
