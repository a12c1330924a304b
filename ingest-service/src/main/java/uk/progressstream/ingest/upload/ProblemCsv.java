package uk.progressstream.ingest.upload;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.List;
import uk.progressstream.ingest.upload.UploadProblemRepository.ListedProblem;

/** Problems as RFC 4180 CSV. */
final class ProblemCsv {
  private ProblemCsv() {}

  static String header() {
    StringWriter out = new StringWriter();
    writer(out).writeRecord("row", "column", "code", "hint");
    return out.toString();
  }

  static String rows(List<ListedProblem> rows) {
    StringWriter out = new StringWriter();
    CsvWriter csv = writer(out);
    rows.forEach(row -> write(csv, ProblemView.shown(row.finding())));
    return out.toString();
  }

  private static CsvWriter writer(StringWriter out) {
    return CsvWriter.builder().bufferSize(0).build(out);
  }

  private static void write(CsvWriter csv, UploadProblem problem) {
    String column = problem.column();
    csv.writeRecord(
        Long.toString(problem.row()), column == null ? "" : column, problem.code(), problem.hint());
  }
}
