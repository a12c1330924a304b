package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {
  private static final Map<String, String> LEAST =
      Map.of("ps.gateway.services", "grades=localhost:1");

  @Test
  @DisplayName("What comes by itself, and an origin as browsers send it, is taken")
  void taken() {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("ps.gateway.app-origins", "https://app.example,http://localhost:3000");

    assertThatCode(() -> SettingsCheck.require(GatewayUnderTest.settings(values)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "places.work, -1, PS_GATEWAY_PLACES_WORK",
    "places.connections, 0, PS_GATEWAY_PLACES_CONNECTIONS",
    "port, 70000, PS_GATEWAY_PORT",
    "port, 0, PS_GATEWAY_PORT",
    "hsts-seconds, -1, PS_GATEWAY_HSTS_SECONDS",
    "other-hosts, app.example:8443, PS_GATEWAY_OTHER_HOSTS",
    "services, 'grades=localhost:1,grades=localhost:2', PS_GATEWAY_SERVICES",
    "services, localhost:1, PS_GATEWAY_SERVICES",
    "services, grades=localhost, PS_GATEWAY_SERVICES",
    "places.body-bytes-per-address, -5, PS_GATEWAY_PLACES_BODY_BYTES_PER_ADDRESS",
    "pace.head, PT0S, PS_GATEWAY_PACE_HEAD",
    "pace.look, PT-1S, PS_GATEWAY_PACE_LOOK",
    "pace.look, PT0.0005S, PS_GATEWAY_PACE_LOOK",
    "pace.head, PT9000000000000000S, PS_GATEWAY_PACE_HEAD",
    "app-origins, https://app.example/, PS_GATEWAY_APP_ORIGINS",
    "app-origins, *, PS_GATEWAY_APP_ORIGINS",
    "app-origins, https://App.example, PS_GATEWAY_APP_ORIGINS"
  })
  @DisplayName("A setting that cannot work stops the start, by its name")
  void refused(String name, String value, String variable) {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("ps.gateway." + name, value);

    assertThatThrownBy(() -> SettingsCheck.require(GatewayUnderTest.settings(values)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(variable);
  }
}
