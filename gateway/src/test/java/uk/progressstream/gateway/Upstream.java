package uk.progressstream.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import uk.progressstream.provisioning.pki.CredentialFiles;

/** A small service behind the gateway: mutual TLS 1.3, and whatever a test has it answer. */
final class Upstream {
  private final AtomicInteger begun = new AtomicInteger();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Handler<HttpServerRequest> handler = this::read;
  private final HttpServer server;

  private Upstream(Vertx vertx, HttpServerOptions options) {
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(
                request -> {
                  begun.incrementAndGet();
                  handler.handle(request);
                });
  }

  static Upstream start(Vertx vertx, CredentialFiles own, Path authority) throws Exception {
    return startAt("localhost", vertx, own, authority);
  }

  static Upstream startAt(String host, Vertx vertx, CredentialFiles own, Path authority)
      throws Exception {
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(own.certificate().toString())
                    .addKeyPath(own.key().toString()))
            .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()))
            .setClientAuth(ClientAuth.REQUIRED)
            .setHost(host)
            .setPort(0);
    Upstream upstream = new Upstream(vertx, options);
    upstream.server.listen().toCompletionStage().toCompletableFuture().get();
    return upstream;
  }

  int port() {
    return server.actualPort();
  }

  /** What it does with a request; in the beginning it reads it whole and says so. */
  void answers(Handler<HttpServerRequest> how) {
    handler = how;
  }

  /** Starts over between tests. */
  void reset() {
    handler = this::read;
    begun.set(0);
    received.clear();
  }

  /** How many requests began to arrive. */
  int begun() {
    return begun.get();
  }

  /** Those that arrived to their last byte. */
  List<Received> received() {
    return received;
  }

  private void read(HttpServerRequest request) {
    long[] bytes = {0};
    request.handler(buffer -> bytes[0] += buffer.length());
    request.endHandler(
        end -> {
          received.add(new Received(request, bytes[0]));
          request.response().end("read");
        });
  }

  /** One request. */
  record Received(HttpServerRequest request, long bytes) {
    List<String> header(String name) {
      return request.headers().getAll(name);
    }

    List<String> names() {
      return request.headers().entries().stream().map(Map.Entry::getKey).toList();
    }
  }
}
