package uk.progressstream.ingest.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import uk.progressstream.ingest.csv.CsvRow;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.value.Checked;

/** Takes one row's cells by column and gathers everything that is wrong with them. */
final class RowCheck {
  /** No accepted value is longer; checks with patterns run on nothing longer either. */
  static final int CELL_CHARS_MAX = 100;

  private final Header header;
  private final CsvRow row;
  private final List<Finding> findings = new ArrayList<>();

  RowCheck(Header header, CsvRow row) {
    this.header = header;
    this.row = row;
    if (row.cutOff()) {
      findings.add(Finding.ofRow(row.number(), ProblemCode.CUT_OFF));
    }
    refuseExtraCells();
  }

  /** Record number of the row. */
  long number() {
    return row.number();
  }

  /** The checked value; where it is refused a finding is noted and {@code otherwise} stands in. */
  <T> T required(String column, Function<String, Checked<T>> check, T otherwise) {
    if (cell(column).isEmpty()) {
      refuse(column, ProblemCode.EMPTY, "");
      return otherwise;
    }
    return optional(column, check, otherwise);
  }

  /** Like {@link #required}, but an empty or absent cell is {@code otherwise} without a finding. */
  <T> T optional(String column, Function<String, Checked<T>> check, T otherwise) {
    String cell = cell(column);
    if (cell.isEmpty()) {
      return otherwise;
    }
    Checked<T> checked =
        cell.length() > CELL_CHARS_MAX ? Checked.refused(ProblemCode.TOO_LONG) : check.apply(cell);
    if (checked instanceof Checked.Good<T> good) {
      return good.value();
    }
    Checked.Refused<T> refused = (Checked.Refused<T>) checked;
    refuse(column, refused.code(), refused.detail());
    return otherwise;
  }

  /** Whether something was found in a column so far. */
  boolean refuses(String column) {
    return findings.stream().anyMatch(finding -> finding.columnName().equals(column));
  }

  /** The entry, made only where nothing was found. */
  <T> RowOutcome<T> outcome(Supplier<T> entry) {
    return findings.isEmpty()
        ? new RowOutcome.Accepted<>(entry.get())
        : new RowOutcome.Refused<>(List.copyOf(findings));
  }

  private String cell(String column) {
    int position = header.positionOf(column);
    return position == 0 || position > row.cells().size() ? "" : row.cells().get(position - 1);
  }

  private void refuse(String column, ProblemCode code, String detail) {
    findings.add(new Finding(row.number(), header.positionOf(column), column, code, detail));
  }

  private void refuseExtraCells() {
    for (int i = header.columns().size(); i < row.cells().size(); i++) {
      if (!row.cells().get(i).isEmpty()) {
        findings.add(new Finding(row.number(), i + 1, "", ProblemCode.EXTRA_CELL, ""));
      }
    }
  }
}
