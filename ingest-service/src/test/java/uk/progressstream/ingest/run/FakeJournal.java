package uk.progressstream.ingest.run;

import java.util.ArrayList;
import java.util.List;
import uk.progressstream.ingest.finding.Finding;

/** Keeps what was written. */
final class FakeJournal implements UploadJournal {
  final List<UploadState> states = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  Counts counts = Counts.NONE;

  @Override
  public void write(UploadState state, Counts now, List<Finding> found) {
    states.add(state);
    counts = now;
    findings.addAll(found);
  }
}
