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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D14")
class VerifierMainTest {
  private static final String KEY = MemoryLog.SIGNER.verifierKey().text();

  @TempDir Path folder;

  private MemoryLog log = MemoryLog.ofSize(300);
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
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
  @DisplayName("the command verifies a whole log against its key and a checkpoint kept earlier")
  void wholeTree() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), log.checkpoint(100));
    Path key = Files.writeString(folder.resolve("key"), KEY + "\n");

    assertThat(run("--url", url, "--key", "@" + key, "--checkpoint", kept.toString())).isZero();
    assertThat(output.toString(StandardCharsets.UTF_8)).startsWith("log verified: 300 leaves");
  }

  @Test
  @DisplayName("the command ends with 1 where an entry was changed")
  void spoiltTree() {
    log.replaceEntry(3, new byte[32]);

    assertThat(run("--url", url, "--key", KEY)).isEqualTo(1);
    assertThat(output.toString(StandardCharsets.UTF_8)).startsWith("NOT VERIFIED: ");
  }

  @Test
  @DisplayName("the command verifies a single proof without the log, and refuses a changed one")
  void oneProof() throws IOException {
    String text = log.proof(7).text();
    Path proof = Files.writeString(folder.resolve("proof"), text);
    Path forged = Files.writeString(folder.resolve("forged"), text.replace("index 7", "index 9"));

    assertThat(run("--key", KEY, "--proof", proof.toString())).isZero();
    assertThat(run("--key", KEY, "--proof", forged.toString())).isEqualTo(1);
  }

  @Test
  void whatCannotBeCheckedIsNeitherRightNorWrong() {
    assertThat(run("--url", url + "/nowhere", "--key", KEY)).isEqualTo(2);
    assertThat(run("--key", KEY)).isEqualTo(2);
    assertThat(run("--url", url)).isEqualTo(2);
    assertThat(run("--colour", "blue")).isEqualTo(2);
    assertThat(run("--key")).isEqualTo(2);
    assertThat(run("--url", url, "--key", "nonsense")).isEqualTo(2);
    assertThat(run("--url", url, "--key", "@" + folder.resolve("nowhere"))).isEqualTo(2);
    assertThat(run("--key", KEY, "--records", folder.toString())).isEqualTo(2);
  }

  @Test
  @DisplayName("a changed record, a flipped bit in a tile or a tile that is gone: code 1 and why")
  void changedFiles() {
    byte[] entry = java.util.Objects.requireNonNull(log.files.get(log.bundleOf(3))).clone();
    log.replaceEntry(3, new byte[32]);
    assertRefused("tile 0/000 is not made of the entries", "--url", url);

    log.files.put(log.bundleOf(3), entry);
    byte[] tile = java.util.Objects.requireNonNull(log.files.get("tile/0/001.p/44"));
    byte[] flipped = tile.clone();
    flipped[77] ^= 1;
    log.files.put("tile/0/001.p/44", flipped);
    assertRefused("tile 0/001.p/44 is not made of the entries", "--url", url);

    log.files.remove("tile/0/001.p/44");
    assertRefused("the log does not have what it signed: 0/001.p/44", "--url", url);

    log.files.put("tile/0/001.p/44", tile);
    assertThat(run("--url", url, "--key", KEY)).isZero();
  }

  @Test
  @DisplayName(
      "a log rewritten, thinned, reordered, grown inside, set back or forked: code 1 and why")
  void aRewrittenLog() throws IOException {
    MemoryLog honest = log;
    String[] kept = {
      "--url",
      url,
      "--checkpoint",
      Files.writeString(folder.resolve("c"), log.checkpoint(200)).toString()
    };
    List<Integer> all = IntStream.range(0, 300).boxed().toList();

    log = honest.rewrittenFrom(150, Collections.nCopies(150, "{}"));
    assertRefused("the log was rewritten: its first 200 leaves were others before", kept);
    log = honest.withLeaves(all.stream().filter(leaf -> leaf != 100).toList());
    assertRefused("the log was rewritten", kept);
    List<Integer> swapped = new ArrayList<>(all);
    Collections.swap(swapped, 10, 20);
    log = honest.withLeaves(swapped);
    assertRefused("the log was rewritten", kept);
    List<Integer> inserted = new ArrayList<>(all);
    inserted.add(100, 7);
    log = honest.withLeaves(inserted);
    assertRefused("the log was rewritten", kept);
    log = honest.withLeaves(all.subList(0, 150));
    assertRefused("the log was set back: it signed a larger tree before", kept);
    log = honest.rewrittenFrom(199, Collections.nCopies(101, "{}"));
    String other = Files.writeString(folder.resolve("other"), log.checkpoint(200)).toString();
    assertRefused(
        "the log forked: it signed two trees of one size",
        kept[0],
        kept[1],
        kept[2],
        kept[3],
        "--checkpoint",
        other);
  }

  @Test
  @DisplayName("another log's key: code 1 and why")
  void anotherKey() {
    byte[] seed = new byte[NoteSigner.SEED_BYTES];
    seed[0] = 1;
    String other = NoteSigner.of("log.example/audit", seed).verifierKey().text();

    assertThat(run("--url", url, "--key", other)).isEqualTo(1);
    assertThat(printed()).startsWith("NOT VERIFIED: the note has no signature by the log's key");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(run("--help")).isZero();
    assertThat(printed())
        .contains(
            "--url",
            "--key",
            "--ca",
            "--checkpoint",
            "--proof",
            "--records",
            "--kept",
            "--receipt",
            "--policy",
            "witness");
  }

  private void assertRefused(String why, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--key", KEY));
    assertThat(run(all.toArray(String[]::new))).as(why).isEqualTo(1);
    assertThat(printed()).startsWith("NOT VERIFIED: " + why);
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
        path.equals("checkpoint")
            ? log.checkpoint().getBytes(StandardCharsets.UTF_8)
            : log.files.get(path);
    exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
    if (body != null) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
