package uk.progressstream.ingest.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.progressstream.ingest.csv.CsvRow;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * The allow-list of columns: one column that is not on it refuses the whole file, before a row is
 * read.
 */
public final class HeaderCheck {
  private static final long HEADER_ROW = 1;

  private final FileKind kind;
  private final List<String> columns = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private HeaderCheck(FileKind kind) {
    this.kind = kind;
  }

  /** Checks the first row of a file of this kind. */
  public static HeaderOutcome check(FileKind kind, CsvRow row) {
    return new HeaderCheck(kind).outcome(row);
  }

  private HeaderOutcome outcome(CsvRow row) {
    List<String> cells = withoutTrailingCommas(row.cells());
    if (cells.size() == 1 && cells.get(0).matches("(?s).*[;\t|].*")) {
      return refused(new Finding(HEADER_ROW, 0, "", ProblemCode.NOT_COMMA_SEPARATED, ""));
    }
    cells.forEach(this::checkCell);
    kind.required().stream()
        .filter(column -> !columns.contains(column))
        .forEach(column -> find(0, column, ProblemCode.MISSING_COLUMN));
    return findings.isEmpty()
        ? new HeaderOutcome.Accepted(new Header(List.copyOf(columns)))
        : new HeaderOutcome.Refused(List.copyOf(findings));
  }

  private void checkCell(String cell) {
    String column = canonical(cell);
    int position = columns.size() + 1;
    if (cell.isEmpty()) {
      find(position, "", ProblemCode.UNNAMED_COLUMN);
    } else if (!kind.allows(column)) {
      refuseColumn(position, cell);
    } else if (columns.contains(column)) {
      find(position, column, ProblemCode.DUPLICATE_COLUMN);
    }
    columns.add(kind.allows(column) ? column : "");
  }

  private void refuseColumn(int position, String cell) {
    IdentityHeaders.nameOf(cell)
        .ifPresentOrElse(
            name -> find(position, name, ProblemCode.IDENTITY_COLUMN),
            () -> find(position, "", ProblemCode.UNKNOWN_COLUMN));
  }

  private void find(int position, String column, ProblemCode code) {
    findings.add(new Finding(HEADER_ROW, position, column, code, ""));
  }

  private static HeaderOutcome refused(Finding finding) {
    return new HeaderOutcome.Refused(List.of(finding));
  }

  private static String canonical(String cell) {
    return cell.toLowerCase(Locale.ROOT)
        .replaceAll("[\\s-]+", "_")
        .replace("enrolment", "enrollment");
  }

  private static List<String> withoutTrailingCommas(List<String> cells) {
    int size = cells.size();
    while (size > 0 && cells.get(size - 1).isEmpty()) {
      size--;
    }
    return cells.subList(0, size);
  }
}
