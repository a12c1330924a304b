package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDocumentTest {
  private static final String APP = "https://app.example";

  @TempDir private static Path directory;
  private GatewayUnderTest gateway;
  private String tag;

  @BeforeAll
  void start() throws Exception {
    gateway = GatewayUnderTest.start(directory, Map.of("ps.gateway.app-origins", APP));
    tag = gateway.get("/openapi.json").headers().firstValue("ETag").orElseThrow();
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-None-Match: TAG",
        "If-None-Match: W/TAG",
        "If-None-Match: \"other\", W/\"another\",TAG",
        "If-None-Match: \"other\"\r\nIf-None-Match: TAG",
        "If-None-Match: *"
      })
  @DisplayName("Whoever has it already is told so, as RFC 9110, 13.1.2 compares")
  void unchanged(String condition) throws Exception {
    assertThat(send("GET", condition.replace("TAG", tag)))
        .startsWith("HTTP/1.1 304 ")
        .contains("ETag: " + tag)
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Nothing: *", "If-None-Match: \"other\"", "If-None-Match: W/\"other\""})
  @DisplayName("Whoever has another one or none gets it")
  void changed(String condition) throws Exception {
    assertThat(send("GET", condition)).startsWith("HTTP/1.1 200 ").endsWith("\"paths\": {}}\n");
  }

  @Test
  @DisplayName("A page of an app that is named may ask under a condition; nobody else's may")
  void preflight() throws Exception {
    String asked = "Access-Control-Request-Method: GET\r\nOrigin: ";

    assertThat(send("OPTIONS", asked + APP))
        .startsWith("HTTP/1.1 204 ")
        .contains("Access-Control-Allow-Origin: " + APP)
        .contains("If-None-Match");
    assertThat(send("OPTIONS", asked + "https://other.example"))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContainIgnoringCase("access-control");
    assertThat(send("OPTIONS", "X-Nothing: *"))
        .startsWith("HTTP/1.1 204 ")
        .contains("Allow: GET, HEAD, OPTIONS\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  @DisplayName("It can be read, and the answer to anything else says so")
  void readOnly(String method) throws Exception {
    assertThat(send(method, "Content-Length: 0"))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: GET, HEAD, OPTIONS\r\n");
  }

  private String send(String method, String header) throws Exception {
    return gateway.raw(
        "%s /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n"
            .formatted(method, header));
  }
}
