package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DyingServiceTest {
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
  @ValueSource(strings = {"/audit/v1/records", "/breach/public/incidents", "/sensitive/v1/pupils"})
  @DisplayName("A service that is down, or whose certificate is not ours or not its own, is away")
  void aDeadService(String path) throws Exception {
    for (Version version : Version.values()) {
      HttpResponse<String> answer =
          gateway
              .client(version)
              .send(gateway.request(path).build(), HttpResponse.BodyHandlers.ofString());
      assertUnavailable(answer);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("A service that hangs up without an answer is not available now")
  void aServiceThatHangsUp(Version version) throws Exception {
    gateway.grades().answers(request -> request.connection().close());

    assertUnavailable(get(version));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("A service that dies on a connection that is in use is not available now")
  void aServiceThatIsKilled(Version version) throws Exception {
    assertThat(get(version).statusCode()).isEqualTo(200);
    gateway
        .grades()
        .answers(
            request -> ((ConnectionBase) request.connection()).channel().unsafe().closeForcibly());

    assertUnavailable(get(version));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  @DisplayName("Nothing of the head of a service that dies before its first byte is in the refusal")
  void aServiceThatDiesAfterItsHead(Version version) throws Exception {
    gateway
        .grades()
        .answers(
            request -> {
              request.response().putHeader("Content-Length", "5000").putHeader("ETag", "\"1\"");
              request
                  .response()
                  .write(Buffer.buffer())
                  .onComplete(written -> request.connection().close());
            });

    HttpResponse<String> answer = get(version);

    assertUnavailable(answer);
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
  }

  private HttpResponse<String> get(Version version) throws Exception {
    return gateway
        .client(version)
        .send(gateway.request(GRADES).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void assertUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().allValues("Retry-After")).containsExactly("2");
    assertThat(GatewayUnderTest.problem(answer).getString("type"))
        .isEqualTo("urn:progress-stream:problem:unavailable");
  }
}
