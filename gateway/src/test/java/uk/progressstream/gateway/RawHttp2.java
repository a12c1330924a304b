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

/** One request over HTTP/2, written as no proper client would (RFC 9113; RFC 7541, 6.2.2). */
final class RawHttp2 {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM_AND_HEADERS = 5;
  private static final int STREAM = 1;
  private static final byte LITERAL = 0;

  private RawHttp2() {}

  /** The body of the answer; that a stream was reset is an {@link IOException}. */
  static String get(SSLSocket socket, String path, Map<String, String> fields) throws IOException {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    OutputStream out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.write(frame(SETTINGS, 0, 0, new byte[0]));
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    field(block, ":method", "GET");
    field(block, ":scheme", "https");
    field(block, ":authority", "localhost");
    field(block, ":path", path);
    for (Map.Entry<String, String> each : fields.entrySet()) {
      field(block, each.getKey(), each.getValue());
    }
    out.write(frame(HEADERS, END_STREAM_AND_HEADERS, STREAM, block.toByteArray()));
    out.flush();
    return body(new DataInputStream(socket.getInputStream()));
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
        throw new IOException("reset");
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

  /** Not in a table, and as it is; both shorter than 127 bytes. */
  private static void field(ByteArrayOutputStream block, String name, String value)
      throws IOException {
    block.write(LITERAL);
    for (String each : new String[] {name, value}) {
      byte[] bytes = each.getBytes(StandardCharsets.ISO_8859_1);
      block.write(bytes.length);
      block.write(bytes);
    }
  }
}
