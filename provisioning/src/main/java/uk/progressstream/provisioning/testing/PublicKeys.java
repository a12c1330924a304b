package uk.progressstream.provisioning.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Stands where identity's public keys would be: TLS 1.3, client certificate required. It answers
 * with the keys that are published right now.
 */
final class PublicKeys implements AutoCloseable {
  private static final String PATH = "/identity/.well-known/jwks.json";

  private final HttpsServer server;

  private PublicKeys(HttpsServer server) {
    this.server = server;
  }

  static PublicKeys serve(SSLContext tls, KeySet keys, Questions questions) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new ClientCertificateRequired(tls));
    server.createContext(
        PATH,
        exchange -> {
          questions.begin();
          questions.end();
          byte[] body = keys.published().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    // A thread a question, so that none waits for another unseen.
    server.setExecutor(command -> new Thread(command, "keys").start());
    server.start();
    return new PublicKeys(server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static final class ClientCertificateRequired extends HttpsConfigurator {
    ClientCertificateRequired(SSLContext tls) {
      super(tls);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setNeedClientAuth(true);
      tls.setProtocols(new String[] {"TLSv1.3"});
      parameters.setSSLParameters(tls);
    }
  }
}
