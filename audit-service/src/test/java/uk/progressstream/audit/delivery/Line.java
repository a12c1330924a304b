package uk.progressstream.audit.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line on loopback to a port, which can be cut and mended: bytes go through as they are. */
final class Line implements AutoCloseable {
  private final ServerSocket entrance;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /**
   * A line.
   *
   * @param port where it begins; 0 for any
   * @param target where it ends
   */
  Line(int port, int target) throws IOException {
    this.target = target;
    this.entrance = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept, "line");
  }

  int port() {
    return entrance.getLocalPort();
  }

  void cut() {
    cut = true;
    open.forEach(Line::hangUp);
    open.clear();
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    cut();
    entrance.close();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket near = entrance.accept();
        if (cut) {
          hangUp(near);
          continue;
        }
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(near);
        open.add(far);
        daemon(() -> carry(near, far), "line-there");
        daemon(() -> carry(far, near), "line-back");
      } catch (IOException e) {
        // The target is not there, or the test is over; who called sees a closed connection.
      }
    }
  }

  private static void carry(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      hangUp(to);
    }
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
