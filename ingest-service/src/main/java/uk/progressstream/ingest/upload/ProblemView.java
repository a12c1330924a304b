package uk.progressstream.ingest.upload;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.value.CodeList;
import uk.progressstream.ingest.value.GradeScale;
import uk.progressstream.ingest.value.GradeScales;

/**
 * Findings as they are shown: what to do, with the accepted values spelt out where there is a list
 * of them.
 */
final class ProblemView {
  private static final GradeScales SCALES = new GradeScales();

  private ProblemView() {}

  static String of(Finding finding) {
    String hint = finding.code().hint();
    return switch (finding.code()) {
      case GRADE_NOT_IN_SCALE -> hint + oneOf(scale(finding.detail()));
      case UNKNOWN_QUALIFICATION -> hint + oneOf(SCALES.qualifications());
      case UNKNOWN_CODE ->
          finding.detail().isEmpty() ? hint : hint + oneOf(CodeList.load(finding.detail()).codes());
      default -> hint;
    };
  }

  private static Collection<String> scale(String name) {
    return SCALES.scale(name).map(GradeScale::values).orElse(List.of());
  }

  private static String oneOf(Collection<String> values) {
    return " Use one of: " + String.join(", ", values) + ".";
  }

  /** The problem as it is shown. */
  static UploadProblem shown(Finding finding) {
    return new UploadProblem(finding.row(), column(finding), finding.code().slug(), of(finding));
  }

  private static @Nullable String column(Finding finding) {
    if (!finding.columnName().isEmpty()) {
      return finding.columnName();
    }
    return finding.column() == 0 ? null : "#" + finding.column();
  }
}
