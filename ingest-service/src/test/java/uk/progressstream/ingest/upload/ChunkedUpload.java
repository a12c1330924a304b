package uk.progressstream.ingest.upload;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An upload whose every piece is on the wire once it is written; clients hold small ones back. */
final class ChunkedUpload implements AutoCloseable {
  private final SSLSocket socket;

  ChunkedUpload(URL service, SSLContext tls, String pathAndQuery, String token) throws IOException {
    socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", service.getPort());
    send(
        ("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                + "Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n")
            .formatted(pathAndQuery, token));
  }

  void write(String piece) throws IOException {
    send("%x\r\n%s\r\n".formatted(piece.length(), piece));
  }

  void end() throws IOException {
    send("0\r\n\r\n");
  }

  /** The first line of the answer, such as {@code HTTP/1.1 202 Accepted}. */
  String status() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c >= 0 && c != '\r'; ) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString();
  }

  private void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
