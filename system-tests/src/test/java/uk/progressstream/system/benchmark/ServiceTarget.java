package uk.progressstream.system.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import uk.progressstream.provisioning.pki.CredentialFiles;

/** Something that answers over HTTPS, asked through kept connections on one event loop. */
final class ServiceTarget implements AutoCloseable {
  /** So many are kept open; a warm-up with as many requests at once opens all of them. */
  static final int CONNECTIONS = 64;

  private final String name;
  private final int port;
  private final Vertx vertx;
  private final HttpClient client;

  private ServiceTarget(String name, int port, HttpClientOptions options) {
    this.name = name;
    this.port = port;
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /** A service's own port, by mutual TLS. */
  static ServiceTarget direct(int port, Path authority, CredentialFiles peer) {
    HttpClientOptions options =
        tls(authority)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(peer.certificate().toString())
                    .setKeyPath(peer.key().toString()));
    return new ServiceTarget("direct", port, options);
  }

  /** The gateway, as from outside. */
  static ServiceTarget gateway(int port, Path authority) {
    return new ServiceTarget("through the gateway", port, tls(authority));
  }

  String name() {
    return name;
  }

  /** Whether the answer is 200; its body is read. */
  Future<Boolean> ask(HttpMethod method, String path, Map<String, String> headers, Buffer body) {
    return client
        .request(
            new RequestOptions().setHost("localhost").setPort(port).setMethod(method).setURI(path))
        .compose(
            request -> {
              headers.forEach(request::putHeader);
              return request.send(body);
            })
        .compose(answer -> answer.body().map(ignored -> answer.statusCode() == 200));
  }

  @Override
  public void close() {
    client.close();
    vertx.close();
  }

  private static HttpClientOptions tls(Path authority) {
    return new HttpClientOptions()
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()))
        .setVerifyHost(true);
  }
}
