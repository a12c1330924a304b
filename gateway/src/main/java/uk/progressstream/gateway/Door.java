package uk.progressstream.gateway;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How connections are made, outside and inside; what cannot be set is not for an operator. */
final class Door {
  static final int HEADER_BYTES_MAX = 32 * 1024;

  private static final Set<String> OUTSIDE = Set.of("TLSv1.3", "TLSv1.2");
  private static final Set<String> INSIDE = Set.of("TLSv1.3");

  /** Authenticated encryption with a key that nobody can recover later; nothing else. */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  static final int URI_BYTES_MAX = 8 * 1024;
  private static final int RESETS_MAX = 100;
  private static final int RESETS_WINDOW_SECONDS = 10;
  private static final int WINDOW_BYTES = 64 * 1024;
  private static final int CONNECT_MS_MAX = 2000;
  private static final int BACKLOG = 512;

  /** Send buffer of a connection. Bytes in it count as read, so it is kept small. */
  private static final int SEND_BYTES = 128 * 1024;

  /**
   * Receive buffer of a connection to a service. The service counts these bytes as sent, and they
   * still reach a client whose access has just ended.
   */
  private static final int RECEIVE_BYTES = 64 * 1024;

  /** Shorter than a service keeps a connection, so that none is used that is being closed. */
  private static final int KEEP_ALIVE_SECONDS = 60;

  private Door() {}

  /** Options of the public listener. */
  static HttpServerOptions outside(GatewaySettings settings, DoorTls tls) {
    // TLS 1.2 only: without this, a client could repeat expensive handshakes on one connection.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    HttpServerOptions options = new HttpServerOptions();
    options
        .getInitialSettings()
        .setMaxHeaderListSize(HEADER_BYTES_MAX)
        .setMaxConcurrentStreams(settings.places().streams())
        .setInitialWindowSize(WINDOW_BYTES);
    SUITES.forEach(options::addEnabledCipherSuite);
    return options
        .setSsl(true)
        // One loop serves everybody: hundreds who come back at once must not shake hands on it.
        .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true))
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0))
        .setEnabledSecureTransportProtocols(OUTSIDE)
        .setKeyCertOptions(tls.shown())
        .setSslHandshakeTimeout(settings.pace().handshake().toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxInitialLineLength(URI_BYTES_MAX)
        .setMaxHeaderSize(HEADER_BYTES_MAX)
        .setHttp2RstFloodMaxRstFramePerWindow(RESETS_MAX)
        .setHttp2RstFloodWindowDuration(RESETS_WINDOW_SECONDS)
        .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
        .setAcceptBacklog(BACKLOG)
        .setTcpKeepAlive(true)
        .setSendBufferSize(SEND_BYTES)
        .setCompressionSupported(false)
        .setHost(settings.host())
        .setPort(settings.port());
  }

  /** Options of connections to the services. */
  static HttpClientOptions inside(DoorTls tls) {
    return new HttpClientOptions()
        .setSsl(true)
        .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true))
        .setVerifyHost(true)
        .setEnabledSecureTransportProtocols(INSIDE)
        .setKeyCertOptions(tls.own())
        .setTrustOptions(tls.services())
        .setConnectTimeout(CONNECT_MS_MAX)
        .setMaxHeaderSize(HEADER_BYTES_MAX)
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setTcpKeepAlive(true)
        .setReceiveBufferSize(RECEIVE_BYTES)
        .setDecompressionSupported(false);
  }

  /** As many connections as there can be requests in work, uploads and waiting answers. */
  static int connectionsToAService(PlaceSettings places) {
    return places.work() + places.uploads() + places.answers();
  }
}
