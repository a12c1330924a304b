package uk.progressstream.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Requests over HTTP/2, written as no proper client would (RFC 9113; RFC 7541, 6.2.2). */
final class RawHttp2 {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int END_STREAM_AND_HEADERS = 5;
  private static final int STREAM = 1;
  private static final int CANCEL = 8;
  private static final byte LITERAL = 0;

  /** In place of a body: the stream was reset. */
  static final String RESET = "the stream was reset";

  private RawHttp2() {}

  /** The body of the answer, or {@link #RESET}. */
  static String get(SSLSocket socket, String path, Map<String, String> fields) throws IOException {
    begin(socket, new byte[0]);
    ask(socket, STREAM, path, fields);
    return body(new DataInputStream(socket.getInputStream()));
  }

  /** A client that takes no byte of a body. */
  static void beginDeaf(SSLSocket socket) throws IOException {
    begin(socket, ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(0).array());
  }

  private static void begin(SSLSocket socket, byte[] settings) throws IOException {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    OutputStream out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.write(frame(SETTINGS, 0, 0, settings));
  }

  /** Asks on a stream of its own: 1, 3, 5 and so on. */
  static void ask(SSLSocket socket, int stream, String path, Map<String, String> fields)
      throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    field(block, ":method", "GET");
    field(block, ":scheme", "https");
    field(block, ":authority", "localhost");
    field(block, ":path", path);
    for (Map.Entry<String, String> each : fields.entrySet()) {
      field(block, each.getKey(), each.getValue());
    }
    OutputStream out = socket.getOutputStream();
    out.write(frame(HEADERS, END_STREAM_AND_HEADERS, stream, block.toByteArray()));
    out.flush();
  }

  /** Takes a request back. */
  static void reset(SSLSocket socket, int stream) throws IOException {
    byte[] cancel = ByteBuffer.allocate(4).putInt(CANCEL).array();
    socket.getOutputStream().write(frame(RST_STREAM, 0, stream, cancel));
  }

  /** Reads on until so many streams were reset. */
  static void awaitResets(SSLSocket socket, int streams) throws IOException {
    awaitFrames(socket, RST_STREAM, streams);
  }

  /** Reads on until so many answers have begun. */
  static void awaitHeads(SSLSocket socket, int answers) throws IOException {
    awaitFrames(socket, HEADERS, answers);
  }

  private static void awaitFrames(SSLSocket socket, int type, int frames) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    for (int found = 0; found < frames; ) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      found += in.readUnsignedByte() == type ? 1 : 0;
      in.skipNBytes(5L + length);
    }
  }

  private static String body(DataInputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (stream != STREAM) {
        continue;
      }
      if (type == RST_STREAM) {
        return RESET;
      }
      if (type == DATA) {
        body.append(new String(payload, StandardCharsets.UTF_8));
      }
      if ((type == DATA || type == HEADERS) && (flags & 1) == 1) {
        return body.toString();
      }
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** Not in a table, and as it is. */
  private static void field(ByteArrayOutputStream block, String name, String value)
      throws IOException {
    block.write(LITERAL);
    for (String each : new String[] {name, value}) {
      byte[] bytes = each.getBytes(StandardCharsets.ISO_8859_1);
      length(block, bytes.length);
      block.write(bytes);
    }
  }

  /** RFC 7541, 5.1, with a prefix of seven bits. */
  private static void length(ByteArrayOutputStream block, int length) {
    if (length < 127) {
      block.write(length);
      return;
    }
    block.write(127);
    int rest = length - 127;
    for (; rest >= 128; rest /= 128) {
      block.write(rest % 128 + 128);
    }
    block.write(rest);
  }
}
