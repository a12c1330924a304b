package uk.progressstream.ingest.run;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.csv.CsvRow;
import uk.progressstream.ingest.csv.CsvRows;
import uk.progressstream.ingest.csv.UnreadableFile;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.kind.Entry;
import uk.progressstream.ingest.kind.FileKind;
import uk.progressstream.ingest.kind.Header;
import uk.progressstream.ingest.kind.HeaderCheck;
import uk.progressstream.ingest.kind.HeaderOutcome;
import uk.progressstream.ingest.kind.RowOutcome;
import uk.progressstream.ingest.kind.RowReader;

/**
 * Takes one file from its first byte to its last. A refused header refuses the file before anything
 * is stored; a refused row is left out and the others go on in batches. Rows are read only when the
 * batch before them is stored: that is the back-pressure, and why memory does not grow with the
 * file.
 */
public final class UploadRun {
  private static final Logger LOG = Logger.getLogger(UploadRun.class);

  private static final Set<ProblemCode> NOT_THE_FILES_FAULT =
      Set.of(ProblemCode.BODY_CUT_OFF, ProblemCode.TOO_SLOW, ProblemCode.TOKEN_EXPIRED);

  /** Most rows of one batch; the peers take no more. */
  public static final int BATCH_ROWS_MAX = 1000;

  private final FileKind kind;
  private final CsvRows rows;
  private final UploadPeers peers;
  private final UploadJournal journal;
  private final Pulse pulse;
  private final Findings findings;
  private final List<Entry> batch = new ArrayList<>(BATCH_ROWS_MAX);
  private Counts counts = Counts.NONE;
  private @Nullable ProblemCode stoppedBy;

  /** Prepares to read {@code body}; reads nothing yet. */
  public UploadRun(
      FileKind kind,
      InputStream body,
      RunLimits limits,
      UploadPeers peers,
      UploadJournal journal,
      Pulse pulse) {
    this.kind = kind;
    this.rows = new CsvRows(body, limits.csv());
    this.peers = peers;
    this.journal = journal;
    this.pulse = pulse;
    this.findings = new Findings(limits.problemsMax());
  }

  /**
   * Reads the whole body and says how it ended; the journal has been told already.
   *
   * @return a state that has {@link UploadState#ended()}
   */
  public UploadState run() {
    UploadState end = readFile();
    counts = counts.withBytes(rows.bytes());
    journal.write(end, counts, findings.take());
    return end;
  }

  /** What made it fail; null where it did not. */
  public @Nullable ProblemCode stoppedBy() {
    return stoppedBy;
  }

  private UploadState readFile() {
    try {
      CsvRow first = rows.next();
      return first == null ? refused(ProblemCode.EMPTY_FILE) : readHeader(first);
    } catch (UnreadableFile stopped) {
      return NOT_THE_FILES_FAULT.contains(stopped.code())
          ? failed(Finding.ofFile(stopped.code()))
          : refused(stopped.code());
    } catch (RunStopped stopped) {
      return failed(Finding.ofFile(stopped.code()));
    } catch (RuntimeException unexpected) {
      // Without its message, which may quote what was read.
      LOG.errorf(
          "an upload stopped: %s at %s", unexpected.getClass().getName(), origin(unexpected));
      return failed(Finding.ofFile(ProblemCode.STOPPED));
    }
  }

  private UploadState readHeader(CsvRow first) {
    HeaderOutcome outcome = HeaderCheck.check(kind, first);
    if (outcome instanceof HeaderOutcome.Refused refused) {
      findings.addAll(refused.findings());
      return UploadState.REFUSED;
    }
    journal.write(UploadState.RUNNING, counts, List.of());
    return readRows(((HeaderOutcome.Accepted) outcome).header());
  }

  private UploadState readRows(Header header) {
    RowReader reader = RowReader.of(kind, peers.classes());
    ProblemCode stopped = readUntilStopped(header, reader);
    store(header);
    if (stopped != null) {
      return failed(Finding.ofRow(rows.number() + 1, stopped));
    }
    return counts.refused() == 0 ? UploadState.COMPLETED : UploadState.COMPLETED_WITH_PROBLEMS;
  }

  private @Nullable ProblemCode readUntilStopped(Header header, RowReader reader) {
    try {
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        take(reader.read(header, row));
        if (batch.size() == BATCH_ROWS_MAX) {
          store(header);
          beat();
        } else if (pulse.due()) {
          beat();
        }
      }
      return null;
    } catch (UnreadableFile reason) {
      return reason.code();
    }
  }

  private void take(RowOutcome<Entry> outcome) {
    counts = counts.withRead(rows.bytes());
    if (outcome instanceof RowOutcome.Accepted<Entry> accepted) {
      batch.add(accepted.entry());
    } else if (outcome instanceof RowOutcome.Refused<Entry> refused) {
      counts = counts.withRefused(1);
      findings.addAll(refused.findings());
    }
  }

  private void store(Header header) {
    if (batch.isEmpty()) {
      return;
    }
    stopIfScopeIsOver();
    BatchResult result = peers.store(List.copyOf(batch), header.positionOf("enrollment_id"));
    batch.clear();
    counts = counts.with(result);
    findings.addAll(result.refused());
  }

  private static String origin(RuntimeException unexpected) {
    StackTraceElement[] trace = unexpected.getStackTrace();
    return trace.length == 0 ? "unknown place" : trace[0].toString();
  }

  private void beat() {
    stopIfScopeIsOver();
    journal.write(UploadState.RUNNING, counts, findings.take());
  }

  private void stopIfScopeIsOver() {
    if (pulse.scopeOver()) {
      throw new RunStopped(ProblemCode.TOKEN_EXPIRED);
    }
  }

  private UploadState refused(ProblemCode code) {
    findings.add(Finding.ofFile(code));
    return UploadState.REFUSED;
  }

  private UploadState failed(Finding why) {
    findings.addLast(why);
    stoppedBy = why.code();
    return UploadState.FAILED;
  }
}
