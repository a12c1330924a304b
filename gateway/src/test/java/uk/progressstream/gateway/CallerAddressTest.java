package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallerAddressTest {
  private static final String GRADES = "/grades/v1/grades";
  private static final String FORGED = "203.0.113.7";
  private static final String GENUINE = "127.0.0.1";

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
  @EnumSource(Version.class)
  @DisplayName("The service learns the address of the connection, once and without a port")
  void theServiceLearnsWhoCalled(Version version) throws Exception {
    send(version, gateway.request(GRADES));

    assertThat(received().header("X-Forwarded-For")).containsExactly(GENUINE);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("A request has one name with us and with its service, whatever the caller calls it")
  void trace(Version version) throws Exception {
    String theirs = "4bf92f3577b34da6a3ce929d0e0e4736";
    send(
        version,
        gateway
            .request(GRADES)
            .header("traceparent", "00-" + theirs + "-00f067aa0ba902b7-01")
            .header("tracestate", "vendor=1")
            .header("baggage", "pupil=1"));

    assertThat(received().header("traceparent"))
        .singleElement()
        .asString()
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")
        .doesNotContain(theirs);
    assertThat(received().header("tracestate")).isEmpty();
    assertThat(received().header("baggage")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("A forged address is replaced, never appended to, however often it is sent")
  void aForgedAddressIsReplaced(Version version) throws Exception {
    send(
        version,
        gateway
            .request(GRADES)
            .header("X-Forwarded-For", FORGED)
            .header("x-forwarded-for", FORGED + ", " + GENUINE)
            .header("X-FORWARDED-FOR", ""));

    assertThat(received().header("X-Forwarded-For")).containsExactly(GENUINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Forwarded-Ssl",
        "x-forwarded",
        "X-Real-IP",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "True-Client-IP",
        "X-Original-Forwarded-For"
      })
  void noOtherHeaderThatNamesACallerPasses(String name) throws Exception {
    send(Version.HTTP_1_1, gateway.request(GRADES).header(name, FORGED).header("X-Kept", "yes"));

    assertThat(received().header(name)).isEmpty();
    assertThat(received().header("X-Kept")).containsExactly("yes");
  }

  @Test
  @DisplayName("A request that is meant for another host reaches no service")
  void aForgedHost() throws Exception {
    String answer =
        gateway.raw(
            "GET " + GRADES + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 421 ").contains("urn:progress-stream:problem:");
    assertThat(gateway.grades().begun()).isZero();
  }

  @Test
  @DisplayName("The service hears our own address, however the caller wrote it")
  void ourOwnHost() throws Exception {
    gateway.raw("GET " + GRADES + " HTTP/1.1\r\nHost: LOCALHOST:1\r\nConnection: close\r\n\r\n");

    assertThat(received().request().getHeader("Host")).isEqualTo("localhost:" + gateway.port());
    assertThat(received().names())
        .filteredOn(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("x-forwarded"))
        .allMatch(name -> name.equalsIgnoreCase("X-Forwarded-For"))
        .hasSize(1);
  }

  @Test
  @DisplayName("A caller cannot have the address dropped by declaring it a header of the hop")
  void declaredAsHopByHop() throws Exception {
    gateway.raw(
        "GET "
            + GRADES
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nConnection: X-Forwarded-For\r\n\r\n");

    assertThat(received().header("X-Forwarded-For")).containsExactly(GENUINE);
    assertThat(received().header("Connection")).isEmpty();
  }

  @Test
  @DisplayName("Another caller has another address")
  void anotherCaller() throws Exception {
    String request = "GET " + GRADES + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    gateway.rawFrom("127.0.0.2", request);

    assertThat(received().header("X-Forwarded-For")).containsExactly("127.0.0.2");
  }

  private Upstream.Received received() {
    assertThat(gateway.grades().received()).hasSize(1);
    return gateway.grades().received().get(0);
  }

  private void send(Version version, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        gateway.client(version).send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }
}
