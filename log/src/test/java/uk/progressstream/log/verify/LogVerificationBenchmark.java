package uk.progressstream.log.verify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.tree.TileId;
import uk.progressstream.log.tree.TilePath;
import uk.progressstream.log.tree.TreeEdge;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.Credential;
import uk.progressstream.provisioning.pki.PeerTls;

/** How long the verifier takes for a million leaves: out of memory, and over HTTPS on loopback. */
class LogVerificationBenchmark {
  private static final int LEAVES = 1_000_000;
  private static final int ROUNDS = 5;
  private static final double SECONDS_MAX = 10;
  private static final NoteSigner SIGNER = NoteSigner.of("log.example/audit", new byte[32]);

  @TempDir Path folder;

  private final Map<String, byte[]> files = new HashMap<>();

  @Test
  void aMillionLeaves() throws Exception {
    String note = fill();
    say(
        "LogVerification: %,d leaves, %d processors, Java %s, load average %.1f at the beginning",
        LEAVES,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    TileSource memory = path -> java.util.Objects.requireNonNull(files.get(path));
    double inMemory =
        median(
            "out of memory",
            () -> new Verifier(SIGNER.verifierKey(), memory).wholeTree(note, List.of(note)));
    double served = overHttps();
    if (inMemory > SECONDS_MAX || served > SECONDS_MAX) {
      throw new AssertionError("limit missed: %.1f s, %.1f s".formatted(inMemory, served));
    }
  }

  private double overHttps() throws Exception {
    CertificateAuthority authority =
        CertificateAuthority.loadOrCreate(folder.resolve("authority"), "benchmark");
    Path ca = Files.writeString(folder.resolve("ca.crt"), authority.certificatePem());
    Credential own = authority.issue("audit", Duration.ofHours(1));
    // Else this server holds back each answer for the 40 ms of a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(PeerTls.context(authority.certificatePem(), own)));
    server.setExecutor(threads);
    server.createContext("/audit/v1/", this::answer);
    server.start();
    String url = "https://localhost:" + server.getAddress().getPort() + "/audit/v1";
    try {
      return median(
          "by the command, HTTPS on loopback, server in the same process",
          () -> run("--url", url, "--ca", ca.toString(), "--key", SIGNER.verifierKey().text()));
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private String fill() {
    SecureRandom random = new SecureRandom();
    TreeEdge edge = TreeEdge.empty();
    byte[] entry = new byte[32];
    for (int i = 0; i < LEAVES; i++) {
      random.nextBytes(entry);
      edge.append(entry);
    }
    for (Map.Entry<TileId, byte[]> tile : edge.added().entrySet()) {
      TilePath path = new TilePath(tile.getKey(), tile.getKey().width(LEAVES));
      files.put("tile/" + path.text(), tile.getValue());
    }
    String note = new Checkpoint("log.example/audit", LEAVES, edge.root()).signedBy(SIGNER);
    files.put("checkpoint", note.getBytes(StandardCharsets.UTF_8));
    return note;
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double median(String what, Work work) throws Exception {
    double[] seconds = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      work.run();
      if (round >= 0) {
        seconds[round] = (System.nanoTime() - begin) / 1e9;
      } else {
        say("  %s, first time: %.2f s", what, (System.nanoTime() - begin) / 1e9);
      }
    }
    Arrays.sort(seconds);
    double median = seconds[ROUNDS / 2];
    say(
        "  %s %s: %.2f s (%.2f to %.2f), limit at most %.0f s",
        median > SECONDS_MAX ? "MISSED" : "held",
        what,
        median,
        seconds[ROUNDS / 4],
        seconds[ROUNDS - 1 - ROUNDS / 4],
        SECONDS_MAX);
    return median;
  }

  private static void run(String... words) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintWriter print = new PrintWriter(output, true, StandardCharsets.UTF_8);
    if (VerifierMain.command().setOut(print).setErr(print).execute(words) != 0) {
      throw new IllegalStateException(output.toString(StandardCharsets.UTF_8));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = files.get(exchange.getRequestURI().getPath().replace("/audit/v1/", ""));
    exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
    if (body != null) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @SuppressWarnings("SystemOut")
  private static void say(String format, Object... arguments) {
    System.out.println(format.formatted(arguments));
  }
}
