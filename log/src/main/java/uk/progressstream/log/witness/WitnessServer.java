package uk.progressstream.log.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a {@link Witness} by HTTP. What it takes and gives is public and signed; a TLS proxy in
 * front of it is welcome and adds nothing to what it vouches for.
 */
public final class WitnessServer implements AutoCloseable {
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int THREADS = 8;

  private final Witness witness;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private WitnessServer(Witness witness, HttpServer server) {
    this.witness = witness;
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param address port 0 takes a free one
   */
  public static WitnessServer start(Witness witness, InetSocketAddress address) throws IOException {
    WitnessServer running = new WitnessServer(witness, HttpServer.create(address, 0));
    running.server.setExecutor(running.threads);
    running.server.createContext("/add-checkpoint", running::handle);
    running.server.start();
    return running;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Witness.Answer answer = answer(exchange);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private Witness.Answer answer(HttpExchange exchange) {
    if (!exchange.getRequestURI().getPath().equals("/add-checkpoint")) {
      return Witness.Answer.refused(404);
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return Witness.Answer.refused(405);
    }
    try {
      byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
      return body.length > BODY_BYTES_MAX
          ? Witness.Answer.refused(413)
          : witness.add(new String(body, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Witness.Answer.refused(500);
    }
  }
}
