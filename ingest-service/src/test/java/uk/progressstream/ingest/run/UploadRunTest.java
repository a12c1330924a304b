package uk.progressstream.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.ingest.csv.CsvLimits;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.kind.FileKind;

class UploadRunTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final String HEADER = "enrollment_id,class\n";

  private final FakePeers peers = new FakePeers();
  private final FakeJournal journal = new FakeJournal();
  private InstantSource clock = InstantSource.fixed(NOW);

  @Test
  @DisplayName("rows go on in batches of at most 1,000, and every one is counted")
  void batches() {
    assertThat(run(HEADER + rows(2500))).isEqualTo(UploadState.COMPLETED);

    assertThat(peers.batches).containsExactly(1000, 1000, 500);
    assertThat(journal.counts)
        .isEqualTo(new Counts(2500, 2500, 0, 3, HEADER.length() + rows(2500).length()));
    assertThat(journal.states).startsWith(UploadState.RUNNING).endsWith(UploadState.COMPLETED);
  }

  @Test
  @DisplayName("a bad row is refused with its number and column, and the rest is loaded")
  void badRow() {
    assertThat(run(HEADER + "A1,7x\nH801200001001,7x\nA3,7x\n"))
        .isEqualTo(UploadState.COMPLETED_WITH_PROBLEMS);

    assertThat(journal.counts)
        .extracting(Counts::read, Counts::accepted, Counts::refused)
        .containsExactly(3L, 2L, 1L);
    assertThat(journal.findings)
        .containsExactly(new Finding(3, 1, "enrollment_id", ProblemCode.UPN, ""));
  }

  @Test
  @DisplayName("a refused header refuses the file before anybody is asked for anything")
  void badHeader() {
    assertThat(run("enrollment_id,class,name\nA1,7x,Somebody\n")).isEqualTo(UploadState.REFUSED);

    assertThat(peers.batches).isEmpty();
    assertThat(journal.counts.read()).isZero();
    assertThat(journal.findings)
        .containsExactly(new Finding(1, 3, "name", ProblemCode.IDENTITY_COLUMN, ""));
  }

  @Test
  @DisplayName("an empty file is refused")
  void emptyFile() {
    assertThat(run("")).isEqualTo(UploadState.REFUSED);
    assertThat(journal.findings).containsExactly(Finding.ofFile(ProblemCode.EMPTY_FILE));
  }

  @Test
  @DisplayName("a file with a header and no row is complete")
  void headerOnly() {
    assertThat(run(HEADER)).isEqualTo(UploadState.COMPLETED);
  }

  @Test
  @DisplayName("rows that a peer refuses are counted as refused, with their findings")
  void unknownPupil() {
    peers.unknownPupil = "A2";

    assertThat(run(HEADER + "A1,7x\nA2,7x\n")).isEqualTo(UploadState.COMPLETED_WITH_PROBLEMS);
    assertThat(journal.counts)
        .extracting(Counts::accepted, Counts::refused)
        .containsExactly(1L, 1L);
    assertThat(journal.findings).extracting(Finding::row).containsExactly(3L);
  }

  @Test
  @DisplayName(
      "a peer that fails ends the upload as failed, and only stored rows count as accepted")
  void peerFails() {
    peers.failsWith = ProblemCode.PEER_UNAVAILABLE;
    peers.failsAtBatch = 2;

    assertThat(run(HEADER + rows(2500))).isEqualTo(UploadState.FAILED);
    assertThat(journal.counts)
        .extracting(Counts::read, Counts::accepted, Counts::refused)
        .containsExactly(2000L, 1000L, 0L);
    assertThat(journal.findings).containsExactly(Finding.ofFile(ProblemCode.PEER_UNAVAILABLE));
  }

  @Test
  @DisplayName("a broken connection ends the upload as failed, with the rows before it stored")
  void brokenConnection() {
    InputStream body = new SequenceInputStream(stream(HEADER + rows(3) + "A9"), new BrokenStream());

    assertThat(runOf(body, limits()).run()).isEqualTo(UploadState.FAILED);
    assertThat(journal.counts.accepted()).isEqualTo(3);
    assertThat(journal.findings).containsExactly(Finding.ofRow(5, ProblemCode.BODY_CUT_OFF));
  }

  @Test
  @DisplayName("a file that ends inside a row keeps the rows before it")
  void cutOffFile() {
    assertThat(run(HEADER + rows(3) + "A9")).isEqualTo(UploadState.COMPLETED_WITH_PROBLEMS);
    assertThat(journal.counts.accepted()).isEqualTo(3);
    assertThat(journal.findings).contains(Finding.ofRow(5, ProblemCode.CUT_OFF));
  }

  @Test
  @DisplayName("a token that runs out stops the upload while its last state can still be written")
  void tokenExpires() {
    Deque<Instant> times = new ArrayDeque<>();
    clock = () -> times.isEmpty() ? NOW.plusSeconds(300) : times.pop();
    for (int i = 0; i < 1500; i++) {
      times.add(NOW);
    }

    assertThat(run(HEADER + rows(5000))).isEqualTo(UploadState.FAILED);
    assertThat(peers.batches).containsExactly(1000);
    assertThat(journal.findings).containsExactly(Finding.ofFile(ProblemCode.TOKEN_EXPIRED));
  }

  @Test
  @DisplayName(
      "more problems than are listed are counted all the same, and why it stopped is always listed")
  void manyProblems() {
    RunLimits limits = new RunLimits(new CsvLimits(10_000, 30, 500, 10), 5);

    assertThat(runOf(stream(HEADER + "no id,7x\n".repeat(40)), limits).run())
        .isEqualTo(UploadState.FAILED);
    assertThat(journal.counts.refused()).isEqualTo(30);
    assertThat(journal.findings)
        .hasSize(7)
        .contains(Finding.ofFile(ProblemCode.MORE_PROBLEMS))
        .contains(Finding.ofRow(32, ProblemCode.TOO_MANY_ROWS));
  }

  @Test
  @DisplayName("what breaks an upload is logged without its message, which may quote the file")
  void unexpected() {
    peers.breaksWith = new IllegalArgumentException("QF77", new IllegalStateException("QF78"));
    List<LogRecord> logged = new ArrayList<>();
    Handler handler = new Kept(logged);
    Logger log = Logger.getLogger(UploadRun.class.getName());
    log.addHandler(handler);
    try {
      assertThat(run(HEADER + rows(1))).isEqualTo(UploadState.FAILED);
    } finally {
      log.removeHandler(handler);
    }

    assertThat(journal.findings).containsExactly(Finding.ofFile(ProblemCode.STOPPED));
    assertThat(logged).hasSize(1);
    assertThat(Kept.text(logged.get(0)))
        .contains("IllegalArgumentException")
        .doesNotContain("QF77")
        .doesNotContain("QF78");
  }

  private UploadState run(String text) {
    return runOf(stream(text), limits()).run();
  }

  private UploadRun runOf(InputStream body, RunLimits limits) {
    Pulse pulse = new Pulse(clock, NOW.plusSeconds(300));
    return new UploadRun(FileKind.PUPILS, body, limits, peers, journal, pulse);
  }

  private static RunLimits limits() {
    return new RunLimits(CsvLimits.DEFAULT, 100);
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append('A').append(i).append(",7x\n");
    }
    return rows.toString();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }
  }

  /** Keeps what is logged. */
  private static final class Kept extends Handler {
    private final List<LogRecord> records;

    Kept(List<LogRecord> records) {
      this.records = records;
    }

    static String text(LogRecord event) {
      StringBuilder text = new StringBuilder(event.getMessage());
      for (Object each : event.getParameters() == null ? new Object[0] : event.getParameters()) {
        text.append(' ').append(each);
      }
      for (Throwable t = event.getThrown(); t != null; t = t.getCause()) {
        text.append(' ').append(t);
      }
      return text.toString();
    }

    @Override
    public void publish(LogRecord event) {
      records.add(event);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
