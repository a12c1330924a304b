package uk.progressstream.system.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Clients that hold their connections for as long as they are let: some send a body byte by byte,
 * some read an answer drop by drop. Whoever is thrown out comes back. They come from many loopback
 * addresses, so that a limit on one address alone does not stop them.
 */
final class SlowCrowd implements AutoCloseable {
  private static final int PER_ADDRESS = 10;
  private static final int READ_BYTES_PER_SECOND = 1024;
  private static final int RECEIVE_BUFFER_BYTES = 4096;
  private static final long SECOND_MS = 1000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final List<NetClient> clients = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger thrownOut = new AtomicInteger();
  private final Path authority;
  private final int port;
  private volatile boolean closed;

  SlowCrowd(int port, Path authority) {
    this.port = port;
    this.authority = authority;
  }

  /** Clients that send a body of the sign-in at a byte a second. */
  void senders(int count) {
    String head =
        "POST /identity/v1/token HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1500\r\n\r\n";
    come(count, socket -> sendSlowly(socket, head));
  }

  /**
   * Clients that read a download at 1 KiB a second.
   *
   * @param token gives a token that is good now
   */
  void readers(int count, String path, Supplier<String> token) {
    come(count, socket -> readSlowly(socket, path, token.get()));
  }

  /** How many are connected, and how often one was thrown out. */
  @Override
  public String toString() {
    return "%d connected now, thrown out %d times".formatted(connections.get(), thrownOut.get());
  }

  private void come(int count, Consumer<NetSocket> behaviour) {
    for (int i = 0; i < count; i++) {
      if (i % PER_ADDRESS == 0) {
        clients.add(client("127.0.1." + (clients.size() + 1)));
      }
      connect(clients.get(clients.size() - 1), behaviour);
    }
  }

  private NetClient client(String address) {
    return vertx.createNetClient(
        new NetClientOptions()
            .setLocalAddress(address)
            .setReceiveBufferSize(RECEIVE_BUFFER_BYTES)
            .setSsl(true)
            .setHostnameVerificationAlgorithm("HTTPS")
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString())));
  }

  private void connect(NetClient client, Consumer<NetSocket> behaviour) {
    if (closed) {
      return;
    }
    client
        .connect(port, "localhost")
        .onSuccess(
            socket -> {
              connections.incrementAndGet();
              socket.closeHandler(
                  end -> {
                    connections.decrementAndGet();
                    comeBack(client, behaviour);
                  });
              behaviour.accept(socket);
            })
        .onFailure(refused -> comeBack(client, behaviour));
  }

  private void comeBack(NetClient client, Consumer<NetSocket> behaviour) {
    thrownOut.incrementAndGet();
    if (!closed) {
      vertx.setTimer(SECOND_MS, timer -> connect(client, behaviour));
    }
  }

  private void sendSlowly(NetSocket socket, String head) {
    socket.handler(ignored -> {});
    socket.write(head);
    vertx.setPeriodic(
        SECOND_MS, timer -> socket.write("x").onFailure(gone -> vertx.cancelTimer(timer)));
  }

  private void readSlowly(NetSocket socket, String path, String token) {
    socket.handler(
        (Buffer drop) -> {
          socket.pause();
          long pauseMs = Math.max(1, drop.length() * SECOND_MS / READ_BYTES_PER_SECOND);
          vertx.setTimer(pauseMs, each -> socket.resume());
        });
    socket.write(
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, token));
  }

  @Override
  public void close() {
    closed = true;
    clients.forEach(NetClient::close);
    vertx.close();
  }
}
