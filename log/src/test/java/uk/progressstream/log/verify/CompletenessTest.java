package uk.progressstream.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.log.commitment.ExportedRecord;
import uk.progressstream.log.commitment.Place;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D14")
class CompletenessTest {
  private static final int SIZE = 300;
  private static final String TOKEN = "a.genuine.token";

  @TempDir Path folder;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private MemoryLog log = MemoryLog.ofSize(SIZE);
  private List<String> lines = log.export();
  private String receipt = new UUID(1, 299).toString();
  private HttpServer server;
  private String url;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/audit/v1/", this::answer);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort() + "/audit/v1";
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @DisplayName(
      "a school's download is whole: each record in the tree, each service's numbers from 1")
  void aWholeDownload() throws IOException {
    Path file = Files.writeString(folder.resolve("records"), String.join("", lines));

    assertThat(run("--records", file.toString(), "--receipt", receipt)).isZero();
    assertThat(printed())
        .contains("records verified: 300, of which 0 erased; none missing")
        .contains(MemoryLog.SCHOOL + "/grades: 1 to 150")
        .contains(MemoryLog.SCHOOL + "/audit: 1 to 150");
  }

  @Test
  @DisplayName("the verifier downloads by itself, and wants to see the record of its own download")
  void itsOwnDownload() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");

    assertThat(run("--token-file", token.toString())).isZero();
    receipt = UUID.randomUUID().toString();
    assertThat(run("--token-file", token.toString())).isEqualTo(1);
    assertThat(printed()).contains("record " + receipt + " was promised and is not there");
  }

  @Test
  @DisplayName("a record left out of the download, or given twice: detected by its number")
  void aRecordLeftOut() throws IOException {
    lines.remove(100);
    assertRefused("number 51 of " + MemoryLog.SCHOOL + "/grades is missing");
    lines = log.export();
    lines.add(lines.get(7));
    assertRefused("is there twice");
  }

  @Test
  @DisplayName("a record never written into a log that is whole in itself: detected by its number")
  void aRecordNeverWritten() throws IOException {
    List<Integer> order =
        new ArrayList<>(java.util.stream.IntStream.range(0, SIZE).boxed().toList());
    order.remove(100);
    log = log.withLeaves(order);
    lines = log.export();
    assertRefused("number 51 of " + MemoryLog.SCHOOL + "/grades is missing");
  }

  @Test
  @DisplayName("the first or the newest ones left out: by number, and by what was kept before")
  void theEndsLeftOut() throws IOException {
    Path kept = folder.resolve("kept.json");
    lines.subList(0, 2).clear();
    assertRefused("number 1 of ");
    lines = log.export();
    assertThat(runWith("--kept", kept.toString())).isZero();
    lines.subList(290, 300).clear();
    assertThat(runWith()).as("without what was kept, nobody can tell").isZero();
    assertThat(runWith("--kept", kept.toString())).isEqualTo(1);
    assertThat(printed()).contains("the newest records of").contains("150 before, 145 now");
    assertThat(Files.readString(kept)).as("stays what it was").contains("150");
    lines.clear();
    assertRefused("the download is empty");
  }

  @Test
  @DisplayName("a log that was set back is found by the checkpoint that was kept")
  void setBack() throws IOException {
    Path kept = folder.resolve("kept.json");
    assertThat(run("--kept", kept.toString())).isZero();
    log = log.withLeaves(java.util.stream.IntStream.range(0, 200).boxed().toList());
    assertThat(run("--kept", kept.toString())).isEqualTo(1);
    assertThat(printed()).contains("the log was set back");
  }

  @Test
  @DisplayName("a record changed, swapped with another's leaf, or invented: detected")
  void changedRecords() throws IOException {
    lines.set(40, lines.get(40).replace("grades.read", "grades.none"));
    assertRefused("a record is not what the log committed to: leaf 40");
    lines = log.export();
    lines.set(40, log.export().get(42).replace("\"leafIndex\":42", "\"leafIndex\":40"));
    lines.set(42, log.export().get(40).replace("\"leafIndex\":40", "\"leafIndex\":42"));
    assertRefused("a record is not what the log committed to: leaf 40");
    lines = log.export();
    lines.add(MemoryLog.ofSize(301).export().get(300));
    assertRefused("a record is not in the tree that the log signed");
    lines = log.export();
    lines.set(5, "nonsense\n");
    assertRefused("not a line of a download of records");
  }

  @Test
  @DisplayName("an erased record must be named by a record of its erasure")
  void erasedRecords() throws IOException {
    Place place = new Place(new UUID(1, 40).toString(), MemoryLog.SCHOOL.toString(), "grades", 21);
    lines.set(40, ExportedRecord.line(40, place));
    assertRefused("no record of its erasure says so");

    log = MemoryLog.ofSize(SIZE);
    log.add(erasure(place, 40, 151));
    log.publish();
    lines = log.export();
    lines.set(40, ExportedRecord.line(40, place));
    assertThat(runWith()).isZero();
    assertThat(printed()).contains("records verified: 301, of which 1 erased");

    lines.set(
        42,
        ExportedRecord.line(
            42, new Place(new UUID(1, 42).toString(), place.school(), "grades", 22)));
    assertRefused("no record of its erasure says so");
  }

  private static String erasure(Place place, long leaf, long sequence) {
    return """
        {"id":"%s","kind":"record.erased","school":"%s","sequence":%d,"source":"audit","what":{"concerns":"%s",\
        "filter":{"leaf":"%d","sequence":"%d","source":"%s"}}}"""
        .formatted(
            new UUID(2, 2),
            place.school(),
            sequence,
            place.id(),
            leaf,
            place.sequence(),
            place.source());
  }

  private void assertRefused(String why) throws IOException {
    Collections.shuffle(lines);
    assertThat(runWith()).as(why).isEqualTo(1);
    assertThat(printed()).startsWith("NOT VERIFIED: ").contains(why);
  }

  private int runWith(String... words) throws IOException {
    Path file = Files.writeString(folder.resolve("records"), String.join("", lines));
    List<String> all = new ArrayList<>(List.of("--records", file.toString()));
    all.addAll(List.of(words));
    return run(all.toArray(String[]::new));
  }

  private int run(String... words) {
    output.reset();
    List<String> all =
        new ArrayList<>(List.of("--url", url, "--key", MemoryLog.SIGNER.verifierKey().text()));
    all.addAll(List.of(words));
    PrintWriter print = new PrintWriter(output, true, StandardCharsets.UTF_8);
    return VerifierMain.command().setOut(print).setErr(print).execute(all.toArray(String[]::new));
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replace("/audit/v1/", "");
    byte[] body = log.files.get(path);
    if (path.equals("checkpoint")) {
      body = log.checkpoint().getBytes(StandardCharsets.UTF_8);
    } else if (path.equals("records/export")
        && ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      body = String.join("", lines).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Audit-Record", receipt);
    }
    exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
    if (body != null) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
