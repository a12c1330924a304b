package uk.progressstream.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.log.note.Cosigner;
import uk.progressstream.log.note.CosignerKey;
import uk.progressstream.log.note.LogProof;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.witness.AddCheckpoint;
import uk.progressstream.provisioning.proof.Proves;

/** What a verifier demands of witnesses, and the command by which a school is one. */
@Proves("D14")
class WitnessedLogTest {
  private static final String KEY = MemoryLog.SIGNER.verifierKey().text();
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final Cosigner ONE = witness(1);
  private static final Cosigner TWO = witness(2);

  @TempDir Path folder;

  private MemoryLog log = MemoryLog.ofSize(300);
  private String witnessed = "";
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private HttpServer server;
  private String url;
  private String policy;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/audit/v1/", this::answer);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort() + "/audit/v1";
    policy =
        Files.writeString(
                folder.resolve("policy"),
                "log %s\nwitness a %s\nwitness b %s\ngroup both all a b\nquorum both\n"
                    .formatted(KEY, ONE.key().text(), TWO.key().text()))
            .toString();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @DisplayName("a log that is ahead of what enough witnesses saw holds; who and when is printed")
  void witnessed() {
    witnessed = cosigned(log.checkpoint(200), ONE, TWO);

    assertThat(run("--url", url, "--policy", policy)).isZero();
    assertThat(printed())
        .contains("log verified: 300 leaves")
        .contains("witnesses verified: tree of 200 leaves, cosigned by a at 2026-11-24T09:00:00Z");
  }

  @Test
  @DisplayName("too few witnesses, none, or one's cosignature of another tree: code 1 and why")
  void tooFew() {
    assertRefused("the log has no checkpoint that enough witnesses cosigned");
    witnessed = cosigned(log.checkpoint(200), ONE);
    assertRefused("too few witnesses cosigned the checkpoint");
    String line = TWO.line(text(log.checkpoint(100)), NOW);
    witnessed = cosigned(log.checkpoint(200), ONE) + line;
    assertRefused("the note has a wrong cosignature");
  }

  @Test
  @DisplayName("a log that shows others than witnesses another tree: code 1 and why")
  void splitView() {
    witnessed = cosigned(log.checkpoint(200), ONE, TWO);
    log = log.rewrittenFrom(150, Collections.nCopies(150, "{}"));

    assertRefused("the log was rewritten: its first 200 leaves were others before");
  }

  @Test
  @DisplayName("a proof that stands alone carries its witnesses; one without is refused")
  void proof() throws IOException {
    LogProof bare = log.proof(7);
    LogProof carrying =
        new LogProof(bare.extra(), 7, bare.hashes(), cosigned(bare.checkpoint(), ONE, TWO));
    Path with = Files.writeString(folder.resolve("with"), carrying.text());
    Path without = Files.writeString(folder.resolve("without"), bare.text());

    assertThat(run("--policy", policy, "--proof", with.toString())).isZero();
    assertThat(run("--policy", policy, "--proof", without.toString())).isEqualTo(1);
    assertThat(printed()).contains("too few witnesses");
  }

  @Test
  @DisplayName("a policy that cannot be read is an error of who asks, not of the log")
  void noPolicy() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken"), "quorum x\n");

    assertThat(run("--url", url, "--policy", broken.toString())).isEqualTo(2);
    assertThat(run("--url", url, "--policy", folder.resolve("gone").toString())).isEqualTo(2);
  }

  // A witness that begins anew would serve until somebody stops it.
  @Timeout(60)
  @Test
  @DisplayName("the command is a witness that goes on after a kill where it was")
  void command() throws Exception {
    Path state = folder.resolve("state");
    CosignerKey key;
    try (RunningCommand first = RunningCommand.start(state)) {
      key = first.key();
      HttpResponse<String> answer = first.add(new AddCheckpoint(0, List.of(), log.checkpoint(200)));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(SignedNote.of(log.checkpoint(200) + answer.body()).cosignedBy(key)).isPresent();
    }
    try (RunningCommand second = RunningCommand.start(state)) {
      assertThat(second.key()).isEqualTo(key);
      HttpResponse<String> answer = second.add(new AddCheckpoint(0, List.of(), log.checkpoint()));
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
      assertThat(answer.body()).isEqualTo("200\n");
    }
    Files.delete(state.resolve("witness.key"));
    assertThat(run("witness", "--name", "w.example/1", "--log", KEY, "--state", state.toString()))
        .as("something was lost: no new beginning")
        .isEqualTo(2);
  }

  /** The command in a process of its own, which is killed at the end. */
  private record RunningCommand(Process process, CosignerKey key, int port)
      implements AutoCloseable {

    static RunningCommand start(Path state) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  VerifierMain.class.getName(),
                  "witness",
                  "--name",
                  "w.example/1",
                  "--log",
                  KEY,
                  "--state",
                  state.toString(),
                  "--port",
                  "0")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      InputStream said = process.getInputStream();
      Scanner lines = new Scanner(said, StandardCharsets.UTF_8);
      CosignerKey key = CosignerKey.of(lines.nextLine().substring("key ".length()));
      String listening = lines.nextLine();
      return new RunningCommand(
          process, key, Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1)));
    }

    HttpResponse<String> add(AddCheckpoint request) throws IOException, InterruptedException {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/add-checkpoint"))
                  .POST(HttpRequest.BodyPublishers.ofString(request.text()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private void assertRefused(String why) {
    assertThat(run("--url", url, "--policy", policy)).as(why).isEqualTo(1);
    assertThat(printed()).contains("NOT VERIFIED: " + why);
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private int run(String... words) {
    output.reset();
    PrintWriter print = new PrintWriter(output, true, StandardCharsets.UTF_8);
    return VerifierMain.command().setOut(print).setErr(print).execute(words);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replace("/audit/v1/", "");
    byte[] body =
        switch (path) {
          case "checkpoint" -> log.checkpoint().getBytes(StandardCharsets.UTF_8);
          case "checkpoint/witnessed" ->
              witnessed.isEmpty() ? null : witnessed.getBytes(StandardCharsets.UTF_8);
          default -> log.files.get(path);
        };
    exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
    if (body != null) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static String cosigned(String note, Cosigner... witnesses) {
    StringBuilder all = new StringBuilder(note);
    for (Cosigner each : witnesses) {
      all.append(each.line(text(note), NOW));
    }
    return all.toString();
  }

  private static String text(String note) {
    return note.substring(0, note.lastIndexOf("\n\n") + 1);
  }

  private static Cosigner witness(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    return Cosigner.of("witness.example/w" + number, seed);
  }
}
