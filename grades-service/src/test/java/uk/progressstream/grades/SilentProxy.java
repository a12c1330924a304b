package uk.progressstream.grades;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between a service and its database, and can fall silent: connections stay, are taken, and
 * nothing comes through any more.
 */
final class SilentProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean silent;

  SilentProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What was connected stays silent for good; new connections are as this says. */
  void setSilent(boolean silent) {
    this.silent = silent;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(client, database));
        Link link = new Link(silent);
        threads.execute(() -> link.carry(client, database));
        threads.execute(() -> link.carry(database, client));
      } catch (IOException over) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }

  /** One connection; once silent it stays so. */
  private final class Link {
    private volatile boolean dead;

    Link(boolean dead) {
      this.dead = dead;
    }

    void carry(Socket from, Socket to) {
      byte[] buffer = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
          dead |= silent;
          if (!dead) {
            out.write(buffer, 0, got);
            out.flush();
          }
        }
        if (!dead) {
          to.close();
        }
      } catch (IOException over) {
        // One side has gone.
      }
    }
  }
}
