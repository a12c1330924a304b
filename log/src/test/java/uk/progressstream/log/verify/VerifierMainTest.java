package uk.progressstream.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D14")
class VerifierMainTest {
  private static final String KEY = MemoryLog.SIGNER.verifierKey().text();

  @TempDir Path folder;

  private final MemoryLog log = MemoryLog.ofSize(300);
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
  }

  private int run(String... words) {
    PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
    return VerifierMain.run(print, print, words);
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
