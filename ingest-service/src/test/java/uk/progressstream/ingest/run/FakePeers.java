package uk.progressstream.ingest.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.kind.Entry;
import uk.progressstream.ingest.kind.SchoolClasses;

/** The rest of the system for a run: keeps sizes, fails where told to. */
final class FakePeers implements UploadPeers {
  static final String CLASS_ID = "c0000000-0000-0000-0000-000000000001";

  final List<Integer> batches = new ArrayList<>();
  @Nullable ProblemCode failsWith;
  int failsAtBatch = Integer.MAX_VALUE;
  String unknownPupil = "";
  @Nullable RuntimeException breaksWith;

  @Override
  public SchoolClasses classes() {
    return new SchoolClasses(Map.of("7x", CLASS_ID), Set.of());
  }

  @Override
  public BatchResult store(List<? extends Entry> batch, int idColumn) {
    if (failsWith != null && batches.size() + 1 == failsAtBatch) {
      throw new RunStopped(failsWith);
    }
    if (breaksWith != null) {
      throw breaksWith;
    }
    batches.add(batch.size());
    List<Finding> refused =
        batch.stream()
            .filter(entry -> entry.enrollmentId().equals(unknownPupil))
            .map(
                entry ->
                    new Finding(
                        entry.row(), idColumn, "enrollment_id", ProblemCode.UNKNOWN_PUPIL, ""))
            .toList();
    return new BatchResult(batch.size() - refused.size(), 1, refused);
  }
}
