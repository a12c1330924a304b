package uk.progressstream.ingest.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;

/** The problems that were found and not written yet; no more in total than a person could read. */
final class Findings {
  private final int listedMax;
  private final List<Finding> waiting = new ArrayList<>();
  private int listed;

  Findings(int listedMax) {
    this.listedMax = listedMax;
  }

  void addAll(List<Finding> findings) {
    findings.forEach(this::add);
  }

  void add(Finding finding) {
    if (listed < listedMax) {
      waiting.add(finding);
    } else if (listed == listedMax) {
      waiting.add(Finding.ofFile(ProblemCode.MORE_PROBLEMS));
    }
    listed = Math.min(listed + 1, listedMax + 1);
  }

  /** Why the upload stopped is listed even if the list is full. */
  void addLast(Finding finding) {
    waiting.add(finding);
  }

  /** Hands out what waits, by row. */
  List<Finding> take() {
    List<Finding> taken =
        waiting.stream()
            .sorted(Comparator.comparingLong(Finding::row).thenComparingInt(Finding::column))
            .toList();
    waiting.clear();
    return taken;
  }
}
