package uk.progressstream.ingest.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * All grade scales and the qualifications that use them. A scale is one file {@code
 * /ingest/scales/<name>.csv} with lines {@code qualification,<code>,<other spellings…>} and {@code
 * grade,<value>,<points>,<other spellings…>}, best grade first.
 */
public final class GradeScales {
  private final Map<String, Qualification> qualificationBySpelling = new LinkedHashMap<>();
  private final Map<String, GradeScale> scaleByName = new LinkedHashMap<>();

  /**
   * A qualification.
   *
   * @param code as it is passed on, such as {@code GCSE}
   */
  public record Qualification(String code, GradeScale scale) {
    /** Stands in where a cell named none that is known; its scale has no grades. */
    public static final Qualification NONE =
        new Qualification("", new GradeScale("", new LinkedHashMap<>()));
  }

  /** Loads every scale that {@code /ingest/scales/scales.csv} lists. */
  public GradeScales() {
    DataTable.read("scales/scales.csv").forEach(row -> load(row.get(0)));
  }

  /** The qualification that a cell names. */
  public Checked<Qualification> qualification(String text) {
    Qualification qualification = qualificationBySpelling.get(DataTable.key(text));
    return qualification != null
        ? Checked.good(qualification)
        : Checked.refused(IdentityShape.orElse(text, ProblemCode.UNKNOWN_QUALIFICATION));
  }

  /** The scale of this name. */
  public Optional<GradeScale> scale(String name) {
    return Optional.ofNullable(scaleByName.get(name));
  }

  /** Codes of all qualifications. */
  public List<String> qualifications() {
    return qualificationBySpelling.values().stream().map(Qualification::code).distinct().toList();
  }

  private void load(String name) {
    Map<String, GradeScale.Grade> grades = new LinkedHashMap<>();
    List<List<String>> qualifications = new ArrayList<>();
    for (List<String> row : DataTable.read("scales/" + name + ".csv")) {
      if (row.get(0).equals("qualification")) {
        qualifications.add(row);
      } else {
        addGrade(grades, row);
      }
    }
    GradeScale scale = new GradeScale(name, grades);
    scaleByName.put(name, scale);
    qualifications.forEach(row -> addQualification(row, scale));
  }

  private void addQualification(List<String> row, GradeScale scale) {
    Qualification qualification = new Qualification(row.get(1), scale);
    row.stream()
        .skip(1)
        .forEach(text -> qualificationBySpelling.put(DataTable.key(text), qualification));
  }

  private static void addGrade(Map<String, GradeScale.Grade> grades, List<String> row) {
    int tenths =
        new BigDecimal(row.get(2)).movePointRight(1).setScale(0, RoundingMode.HALF_UP).intValue();
    GradeScale.Grade grade = new GradeScale.Grade(row.get(1), tenths);
    grades.put(row.get(1).toUpperCase(Locale.ROOT), grade);
    row.stream().skip(3).forEach(text -> grades.put(text.toUpperCase(Locale.ROOT), grade));
  }
}
