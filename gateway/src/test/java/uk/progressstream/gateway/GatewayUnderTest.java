package uk.progressstream.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.opentest4j.TestAbortedException;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.pki.PeerTls;
import uk.progressstream.provisioning.ports.Ports;

/**
 * The real gateway in front of two small services, {@code grades} and {@code ingest}; of the
 * others, {@code audit} is down, {@code breach} is somebody with a certificate that is not ours,
 * and {@code sensitive} is at an address that its certificate does not name.
 */
final class GatewayUnderTest implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration VALIDITY = Duration.ofHours(1);

  private final Vertx vertx = Vertx.vertx();
  private final int port;
  private final Upstream grades;
  private final Upstream ingest;
  private final SSLContext tls;
  private final CertificateAuthority authority = CertificateAuthority.create("gateway test");
  private final CertificateAuthority foreign = CertificateAuthority.create("somebody else");
  private final KeyStore services;
  private final DoorTls certificates;
  private DoorTls.Files latest;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Gateway gateway;

  private GatewayUnderTest(Path directory, Map<String, String> overrides) throws Exception {
    Path trusted = directory.resolve("ca.crt");
    Files.writeString(trusted, authority.certificatePem());
    CredentialFiles own = authority.issue("gateway", VALIDITY).writeTo(directory, "gateway");
    CredentialFiles service = authority.issue("service", VALIDITY).writeTo(directory, "service");
    CredentialFiles stranger = foreign.issue("breach", VALIDITY).writeTo(directory, "stranger");
    grades = Upstream.start(vertx, service, trusted);
    ingest = Upstream.start(vertx, service, trusted);
    Upstream impostor = Upstream.start(vertx, stranger, trusted);
    Upstream elsewhere = Upstream.startAt("127.0.0.2", vertx, service, trusted);
    int nobody = Ports.free();
    port = Ports.free();
    Map<String, String> values = new HashMap<>(overrides);
    // A busy machine shakes hands slowly.
    values.putIfAbsent("ps.gateway.pace.handshake", "PT1M");
    values.put("ps.gateway.port", Integer.toString(port));
    values.put("ps.gateway.authority", "localhost:" + port);
    values.put(
        "ps.gateway.services",
        "grades=localhost:%d,ingest=localhost:%d,audit=localhost:%d,breach=localhost:%d,sensitive=127.0.0.2:%d%s"
            .formatted(
                grades.port(),
                ingest.port(),
                nobody,
                impostor.port(),
                elsewhere.port(),
                overrides.getOrDefault("ps.gateway.services", "")));
    GatewaySettings settings = settings(values);
    services = new PemTrustOptions().addCertPath(trusted.toString()).loadKeyStore(vertx);
    latest = new DoorTls.Files(pem(own), pem(own), services);
    certificates = new DoorTls(vertx, latest);
    gateway = new Gateway(settings, certificates, meters);
    vertx.deployVerticle(gateway).toCompletionStage().toCompletableFuture().get();
    tls = PeerTls.context(authority.certificatePem(), null);
  }

  /** Somebody replaces the certificate that people see, and maybe ours by one of another house. */
  boolean replaceCertificates(Path directory, boolean ours) throws Exception {
    CertificateAuthority issuer = ours ? authority : foreign;
    latest =
        new DoorTls.Files(
            pem(authority.issue("gateway", VALIDITY).writeTo(directory, "shown")),
            pem(issuer.issue("gateway", VALIDITY).writeTo(directory, "own")),
            services);
    return readCertificatesAgain();
  }

  boolean readCertificatesAgain() throws Exception {
    boolean shown = certificates.showFromNowOn(latest.shown());
    return certificates.callFromNowOn(latest.own(), latest.services()) || shown;
  }

  /** Somebody has replaced the file of the certificate, and that of its key not yet. */
  void replaceHalf(Path directory) throws Exception {
    CredentialFiles before = authority.issue("gateway", VALIDITY).writeTo(directory, "before");
    CredentialFiles after = authority.issue("gateway", VALIDITY).writeTo(directory, "after");
    PemKeyCertOptions mixed =
        new PemKeyCertOptions()
            .addCertPath(after.certificate().toString())
            .addKeyPath(before.key().toString());
    certificates.showFromNowOn(mixed);
  }

  void showExpired(Path directory) throws Exception {
    certificates.showFromNowOn(expired(directory));
  }

  void callWithExpired(Path directory) throws Exception {
    certificates.callFromNowOn(expired(directory), latest.services());
  }

  /** Issued for no time at all. */
  private PemKeyCertOptions expired(Path directory) throws IOException {
    return pem(authority.issue("gateway", Duration.ofSeconds(-1)).writeTo(directory, "over"));
  }

  /** Looks at files that can be broken. */
  CertificateRenewal renewal(AtomicBoolean broken) {
    return new CertificateRenewal(
        () -> {
          if (broken.get()) {
            throw new IOException("half a file");
          }
          return readCertificatesAgain();
        });
  }

  /** The files of the next look. */
  void prepareCertificates(Path directory) throws IOException {
    latest =
        new DoorTls.Files(
            pem(authority.issue("gateway", VALIDITY).writeTo(directory, "next")),
            latest.own(),
            services);
  }

  static GatewaySettings settings(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(GatewaySettings.class)
        .build()
        .getConfigMapping(GatewaySettings.class);
  }

  private static PemKeyCertOptions pem(CredentialFiles files) {
    return new PemKeyCertOptions()
        .addCertPath(files.certificate().toString())
        .addKeyPath(files.key().toString());
  }

  static GatewayUnderTest start(Path directory) throws Exception {
    return start(directory, Map.of());
  }

  /** With settings of its own; the rest is as it comes. */
  static GatewayUnderTest start(Path directory, Map<String, String> overrides) throws Exception {
    return new GatewayUnderTest(directory, overrides);
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  /** Waits until the gateway has looked at all connections once more. */
  void awaitLook() throws InterruptedException {
    long begin = System.nanoTime();
    while (gateway.stuckFor().toNanos() >= System.nanoTime() - begin) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new AssertionError("the gateway looks at nothing");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Waits until nobody holds a place any more that was taken back before. */
  void awaitPlaces() throws InterruptedException {
    awaitLook();
    awaitLook();
    awaitLook();
  }

  /** What the metric of places says of this kind. */
  int taken(String what) {
    return (int) meters.get("ps.gateway.taken").tag("what", what).gauge().value();
  }

  /** How many were refused with this problem. */
  int refused(String problem) {
    Counter counter = meters.find("ps.gateway.refused").tag("problem", problem).counter();
    return counter == null ? 0 : (int) counter.count();
  }

  Vertx vertx() {
    return vertx;
  }

  Upstream grades() {
    return grades;
  }

  Upstream ingest() {
    return ingest;
  }

  int port() {
    return port;
  }

  HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(tls).version(version).build();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)).timeout(PATIENCE);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client(HttpClient.Version.HTTP_1_1)
        .send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The same, without waiting for it. */
  CompletableFuture<HttpResponse<String>> getLater(String path) {
    return client(HttpClient.Version.HTTP_1_1)
        .sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A connection on which a test writes whatever no proper client would. */
  SSLSocket socket() throws IOException {
    return socketFrom("127.0.0.1");
  }

  /** A connection that is made, by somebody who was never here and so resumes nothing. */
  SSLSocket connectAnew() throws Exception {
    SSLContext fresh = PeerTls.context(authority.certificatePem(), null);
    SSLSocket socket = (SSLSocket) fresh.getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.startHandshake();
    return socket;
  }

  /** Sends bytes as they are; the answer to its end. */
  String raw(String request) throws IOException {
    return rawFrom("127.0.0.1", request);
  }

  /** The same from an address of this machine; skipped where it has no such address. */
  String rawFrom(String address, String request) throws IOException {
    try (SSLSocket socket = socketFrom(address)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** A connection from an address of this machine; skipped where it has no such address. */
  SSLSocket socketFrom(String address) throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    } catch (BindException e) {
      socket.close();
      throw new TestAbortedException("this machine has no address " + address, e);
    }
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  /** The body of an answer that must be a problem (RFC 9457). */
  static JsonObject problem(HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.equals("application/problem+json")) {
      throw new AssertionError(answer.statusCode() + " of type " + type + ": " + answer.body());
    }
    return new JsonObject(answer.body());
  }
}
