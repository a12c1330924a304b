package uk.progressstream.identity.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** Says of a tenant's issuer of version 1 what Entra says: its name ends with a slash. */
final class FirstVersionIssuer {
  private final HttpsServer server;

  private FirstVersionIssuer(HttpsServer server) {
    this.server = server;
  }

  static FirstVersionIssuer start(SSLContext tls, String tenant, String keys) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    FirstVersionIssuer issuer = new FirstVersionIssuer(server);
    byte[] document =
        new JsonObject()
            .put("issuer", issuer.base() + "/" + tenant + "/")
            .put("jwks_uri", keys)
            .encode()
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/" + tenant + "/.well-known/openid-configuration",
        exchange -> {
          exchange.sendResponseHeaders(200, document.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(document);
          }
        });
    server.start();
    return issuer;
  }

  String base() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  void stop() {
    server.stop(0);
  }
}
