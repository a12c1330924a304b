package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.grades.GradesIntakeGrpc;
import uk.progressstream.contracts.grades.StoreGradesRequest;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** Credentials that nobody can read are none: 401 in the house's form, never a fault. */
@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class CredentialsTest {
  private static final String GRADES = "/grades/v1/grades";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private TestKit kit;
  private ServiceClient gateway;
  private String good;

  @BeforeEach
  void connect() {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    good =
        kit.tokens()
            .mint(
                Tokens.schools(UUID.randomUUID(), Set.of(UUID.randomUUID()), "grades:read"),
                "teacher");
  }

  @Test
  @DisplayName("The scheme's name has no case; a good token is let in by any")
  void scheme() {
    for (String scheme : List.of("Bearer", "bearer", "BEARER", "bEaReR")) {
      assertThat(get(scheme + " " + good).statusCode()).as(scheme).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("Unreadable, odd or very long credentials are none")
  void unreadable() {
    for (String credentials : unreadableTokens().stream().map(each -> "Bearer " + each).toList()) {
      refused(get(credentials));
    }
    for (String credentials :
        List.of("Bearer", "Bearer,", "Bearer" + good, good, "Basic dTpw", "Token " + good, "=")) {
      refused(get(credentials));
    }
  }

  @Test
  @DisplayName("Two headers are none, however good one or both of them are")
  void two() {
    refused(get("Bearer " + good, "Bearer " + good));
    refused(get("Bearer " + good, "Basic dTpw"));
    refused(get("nonsense", "Bearer " + good));
  }

  @Test
  @DisplayName("A header beyond what the service reads is refused before it is looked at")
  void beyondTheLimit() {
    assertThat(get("Bearer " + "x".repeat(40_000)).statusCode()).isEqualTo(431);
  }

  @Test
  @DisplayName("gRPC: a token that nobody can read is none")
  void grpc() {
    try (PeerChannel ingest = PeerChannel.open(service, kit, "ingest")) {
      for (String token : unreadableTokens()) {
        assertThatExceptionOfType(StatusRuntimeException.class)
            .isThrownBy(
                () ->
                    GradesIntakeGrpc.newBlockingStub(ingest.withToken(token))
                        .store(StoreGradesRequest.getDefaultInstance()))
            .satisfies(
                refused ->
                    assertThat(refused.getStatus().getCode())
                        .as("%.40s", token)
                        .isEqualTo(Status.Code.UNAUTHENTICATED));
      }
    }
  }

  private List<String> unreadableTokens() {
    String rest = good.substring(good.indexOf('.'));
    return List.of(
        "!!!",
        "a.b.c",
        "..",
        ".",
        "x".repeat(7_000),
        "x".repeat(7_000) + rest,
        good + "." + good,
        good.substring(1),
        good + " " + good,
        header("") + rest,
        header("[]") + rest,
        header("null") + rest,
        header("{}") + rest,
        header("{\"kid\":7}") + rest,
        header("{\"kid\":null,\"alg\":\"ES256\"}") + rest,
        header("{\"kid\":{\"kid\":\"test\"}}") + rest,
        header("{\"alg\":\"none\",\"kid\":\"test\"}") + rest,
        header("{\"alg\":\"HS256\",\"kid\":\"test\"}") + rest,
        header("{\"kid\":\"test\"}") + rest,
        header("[".repeat(1_000)) + rest);
  }

  private static String header(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> get(String... credentials) {
    HttpRequest.Builder request = gateway.request(GRADES, null).GET();
    for (String each : credentials) {
      request.header("Authorization", each);
    }
    return gateway.send(request);
  }

  private static void refused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(new JsonObject(answer.body()).getString("type")).endsWith(":unauthenticated");
  }
}
