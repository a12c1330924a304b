package uk.progressstream.provisioning.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.progressstream.provisioning.pki.CredentialFiles;

/**
 * Sends requests to the service under test as they stand, over one version of HTTP, as one peer.
 */
final class RawClient implements AutoCloseable {
  private static final String GRPC_STATUS = "grpc-status";

  private final HttpClient client;
  private final int port;

  RawClient(Vertx vertx, URL service, TestKit kit, String peer, HttpVersion version) {
    CredentialFiles own = kit.filesOf(peer);
    this.port = service.getPort();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(version)
                .setUseAlpn(version == HttpVersion.HTTP_2)
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertPath(own.certificate().toString())
                        .addKeyPath(own.key().toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(kit.authorityFile().toString())),
            new PoolOptions().setHttp1MaxSize(8).setHttp2MaxSize(1));
  }

  /** An answer; the status of gRPC is -1 where there is none. */
  record Answer(int status, int grpcStatus, String contentType, String body) {}

  /**
   * Sends one.
   *
   * @param target the request target as it goes over the wire
   * @param headers in this order, names may occur twice
   */
  Future<Answer> send(
      String method, String target, List<Map.Entry<String, String>> headers, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(method))
            .setHost("localhost")
            .setPort(port)
            .setURI(target);
    return client
        .request(options)
        .compose(
            request -> {
              headers.forEach(each -> request.headers().add(each.getKey(), each.getValue()));
              return request.send(body);
            })
        .compose(response -> response.body().map(bytes -> answer(response, bytes)));
  }

  private static Answer answer(HttpClientResponse response, Buffer body) {
    String status = response.getHeader(GRPC_STATUS);
    if (status == null) {
      status = response.getTrailer(GRPC_STATUS);
    }
    String type = response.getHeader("Content-Type");
    return new Answer(
        response.statusCode(),
        status == null ? -1 : Integer.parseInt(status),
        type == null ? "" : type,
        body.toString());
  }

  @Override
  public void close() {
    client.close();
  }
}
