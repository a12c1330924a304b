package uk.progressstream.system.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection, byte by byte: what a client library would not send, it sends. */
public final class Wire implements AutoCloseable {
  private static final int INTERIM_MAX = 200;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /**
   * Sends a request and reads its answer; fails where none comes in 20 seconds of silence.
   *
   * @throws IOException also for an answer that is framed wrongly
   */
  public Reply exchange(Attempt attempt) throws IOException {
    send(attempt.bytes(true));
    return read(attempt.method().equals("HEAD"), attempt.version().equals("1.0"));
  }

  /** Sends the head alone, and the body once the server asks for it. */
  public Reply exchangeAsked(Attempt attempt) throws IOException {
    send(attempt.bytes(false));
    Map<String, List<String>> headers = new HashMap<>();
    int status = readHead(headers);
    if (status >= INTERIM_MAX) {
      return new Reply(status, headers, readBody(status, headers, false), List.of());
    }
    send(attempt.body());
    Reply last = read(false, false);
    return new Reply(last.status(), last.headers(), last.body(), List.of(status));
  }

  private void send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException refusedEarly) {
      // What was answered before the end is read all the same.
    }
  }

  private Reply read(boolean head, boolean old) throws IOException {
    List<Integer> interim = new ArrayList<>();
    while (true) {
      Map<String, List<String>> headers = new HashMap<>();
      int status = readHead(headers);
      if (status < INTERIM_MAX) {
        interim.add(status);
        continue;
      }
      byte[] body = head ? new byte[0] : readBody(status, headers, old);
      return new Reply(status, headers, body, interim);
    }
  }

  private int readHead(Map<String, List<String>> headers) throws IOException {
    String line = readLine();
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9] .*")) {
      throw new IOException("no status line: " + line);
    }
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      int colon = header.indexOf(':');
      headers
          .computeIfAbsent(
              header.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.substring(colon + 1).strip());
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private byte[] readBody(int status, Map<String, List<String>> headers, boolean old)
      throws IOException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (headers.containsKey("transfer-encoding")) {
      return readChunks();
    }
    if (headers.containsKey("content-length")) {
      int length = Integer.parseInt(headers.get("content-length").get(0));
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("the body ends before its length");
      }
      return body;
    }
    if (!old && !headers.getOrDefault("connection", List.of()).contains("close")) {
      throw new IOException("no length, no chunks, and the connection stays open");
    }
    return in.readAllBytes();
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(readLine().split(";", 2)[0].strip(), 16);
      body.write(in.readNBytes(length));
      if (!readLine().isEmpty()) {
        throw new IOException("a chunk that is not as long as it says");
      }
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed after '" + line + "'");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
