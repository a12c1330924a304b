package uk.progressstream.ingest.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Bodies of requests that don't say how long they are. */
final class Bodies {
  private Bodies() {}

  static BodyPublisher unsized(String text) {
    return BodyPublishers.ofInputStream(() -> stream(text));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A body that a test writes bit by bit. */
  static final class Slow extends InputStream {
    private static final String END = "";

    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    private InputStream piece = InputStream.nullInputStream();
    private volatile boolean broken;
    private boolean ended;
    private volatile long given;

    /** How much was read by whoever sends it. */
    long bytesGiven() {
      return given;
    }

    BodyPublisher publisher() {
      return BodyPublishers.ofInputStream(() -> this);
    }

    void write(String text) {
      pieces.add(text);
    }

    /** The end of the file. */
    void end() {
      pieces.add(END);
    }

    /** The connection breaks, as when a process dies. */
    void breakOff() {
      broken = true;
      pieces.add(END);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = piece.read(target, offset, length);
      given += Math.max(count, 0);
      if (count >= 0 || ended) {
        return count;
      }
      String next = take();
      ended = next.equals(END);
      if (ended && broken) {
        throw new IOException("broken off");
      }
      piece = stream(next);
      return ended ? -1 : read(target, offset, length);
    }

    private String take() throws IOException {
      try {
        return pieces.take();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
