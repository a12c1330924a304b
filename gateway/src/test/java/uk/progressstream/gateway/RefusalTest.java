package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {
  private static final String GRADES = "/grades/v1/grades";

  @TempDir private static Path directory;
  private GatewayUnderTest gateway;

  @BeforeAll
  void start() throws Exception {
    gateway = GatewayUnderTest.start(directory);
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @BeforeEach
  void reset() {
    gateway.grades().reset();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nothing/v1/things",
        "/grades",
        "/grades/",
        "/grades/v2/grades",
        "/Grades/v1/grades",
        "/grades/v11/grades",
        "/q/health",
        "/grades/v1/../../q/health",
        "/grades/v1/%2e%2e/%2E%2E/q/health",
        "/grades/v1/%2f..%2fq",
        "/grades/v1//grades",
        "/grades/v1/grades;a=b",
        "/grades/v1/%5c..%5cq",
        "//grades/v1/grades",
        "/identity/v1/token",
        "/identity/.well-known/openid-configuration"
      })
  @DisplayName("A path that is no service's, or that two could read in two ways, is nowhere")
  void unknownPaths(String path) throws Exception {
    String answer =
        gateway.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 404 ")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"type\":\"urn:progress-stream:problem:not-found\"")
        .doesNotContain(path.length() > 1 ? path : "\0");
    assertThat(gateway.grades().begun()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/grpc",
        "application/grpc+proto",
        "Application/GRPC",
        "APPLICATION/grpc-web"
      })
  @DisplayName("gRPC is between services; from outside it is refused, however it is written")
  void grpcIsNotForPeople(String type) throws Exception {
    for (Version version : Version.values()) {
      HttpResponse<String> answer =
          gateway
              .client(version)
              .send(
                  gateway
                      .request(GRADES)
                      .POST(BodyPublishers.ofByteArray(new byte[5]))
                      .header("Content-Type", type)
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(415);
      assertThat(GatewayUnderTest.problem(answer).getString("type"))
          .isEqualTo("urn:progress-stream:problem:unsupported-media-type");
    }
    assertThat(gateway.grades().begun()).isZero();
  }

  @Test
  @DisplayName("gRPC is refused behind another content type, too")
  void grpcInTheSecondHeader() throws Exception {
    String answer =
        gateway.raw(
            "POST "
                + GRADES
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
                + "Content-Type: text/csv\r\nContent-Type: application/grpc\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 415 ");
    assertThat(gateway.grades().begun()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /grades/v1/grades HTTP/1.1 | 400
          GET /grades/v1/grades%z HTTP/1.1~Host: localhost | 400
          GET /grades/v1/grades?class=%z HTTP/1.1~Host: localhost | 400
          GET /grades/v1/grades HTTP/1.1~Host: localhost~Host: localhost | 400
          GET /grades/v1/grades HTTP/1.1~Host: other.example | 421
          GET https://other.example/grades/v1/grades HTTP/1.1~Host: localhost | 421
          TRACE /grades/v1/grades HTTP/1.1~Host: localhost | 405
          CONNECT localhost:443 HTTP/1.1~Host: localhost | 405
          BREW /grades/v1/grades HTTP/1.1~Host: localhost | 501
          GET /grades/v1/gr\u00e4des HTTP/1.1~Host: localhost | 400
          POST /grades/v1/grades HTTP/1.1~Host: localhost~Transfer-Encoding: gzip, chunked | 501
          POST /grades/v1/grades HTTP/1.1~Host: localhost~Expect: magic~Content-Length: 0 | 417
          POST /grades/v1/grades HTTP/1.1~Host: localhost~Content-Length: 4~Transfer-Encoding: chunked~~0 | 400
          POST /grades/v1/grades HTTP/1.1~Host: localhost~Content-Length: 4~Content-Length: 5~~abcde | 400
          nonsense | 400
          """)
  @DisplayName("What is no request for us is a problem, and never reaches a service")
  void notARequestForUs(String request, String status) throws Exception {
    String answer =
        gateway.raw(
            request.replace(" HTTP/1.1", " HTTP/1.1~Connection: close").replace("~", "\r\n")
                + "\r\n\r\n");

    assertThat(answer)
        .matches("(?s)HTTP/1\\.[01] " + status + ".*")
        .containsIgnoringCase("content-type: application/problem+json");
    assertThat(gateway.grades().received()).isEmpty();
  }

  @Test
  @DisplayName("A body whose chunks are none is a 400, and no service hears of it")
  void badChunks() throws Exception {
    String answer =
        gateway.raw(
            "POST "
                + GRADES
                + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Connection: close\r\n");
    assertThat(gateway.grades().begun()).isZero();
  }

  @Test
  @DisplayName("Addresses and headers have limits of their own, each with its status")
  void tooLong() throws Exception {
    String close = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    assertThat(gateway.raw("GET " + GRADES + "?" + "a".repeat(9000) + close + "\r\n"))
        .contains(" 414 ")
        .contains("uri-too-long");
    assertThat(gateway.raw("GET " + GRADES + close + "A: " + "a".repeat(40_000) + "\r\n\r\n"))
        .contains(" 431 ")
        .contains("headers-too-large");
  }

  @Test
  @DisplayName("Who waits to be asked for a body is asked at once")
  void expectations() throws Exception {
    for (String path : new String[] {GRADES, "/ingest/v1/uploads"}) {
      try (SSLSocket socket = gateway.socket()) {
        String head =
            "POST %s HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"
                .formatted(path);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        String asked =
            new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertThat(asked).isEqualTo("HTTP/1.1 100");
        socket.getOutputStream().write('a');
        String answer =
            new String(socket.getInputStream().readNBytes(28), StandardCharsets.US_ASCII);
        assertThat(answer).contains("200 OK");
      }
    }
  }

  @Test
  @DisplayName("A whole address is as good as a path, and OPTIONS * asks about us")
  void otherTargets() throws Exception {
    String close = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    assertThat(gateway.raw("GET https://localhost" + GRADES + close)).startsWith("HTTP/1.1 200 ");
    assertThat(gateway.raw("OPTIONS *" + close)).startsWith("HTTP/1.1 204 ").contains("Allow: GET");
    gateway.grades().answers(asked -> asked.response().putHeader("Content-Length", "4").end());
    assertThat(gateway.raw("HEAD " + GRADES + close))
        .startsWith("HTTP/1.1 200 ")
        .contains("content-length: 4")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.3,TLS_AES_128_GCM_SHA256,true",
    "TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,true",
    "TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,false",
    "TLSv1.1,TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,false"
  })
  @DisplayName("TLS 1.2 comes in with authenticated encryption only, anything older not at all")
  void tls(String protocol, String suite, boolean served) throws Exception {
    try (SSLSocket socket = gateway.socket()) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.setEnabledCipherSuites(new String[] {suite});
      if (served) {
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
      } else {
        assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("What the service says passes as it is, its errors, too")
  void answersPass(Version version) throws Exception {
    gateway
        .grades()
        .answers(
            request ->
                request
                    .response()
                    .setStatusCode(409)
                    .putHeader("Content-Type", "application/problem+json")
                    .putHeader("Location", "/grades/v1/elsewhere")
                    .end("{\"status\":409}"));

    HttpResponse<String> answer =
        gateway
            .client(version)
            .send(gateway.request(GRADES).build(), HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).isEqualTo("{\"status\":409}");
    assertThat(answer.headers().allValues("Location")).containsExactly("/grades/v1/elsewhere");
    assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }
}
