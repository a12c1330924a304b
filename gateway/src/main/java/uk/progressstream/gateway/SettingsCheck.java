package uk.progressstream.gateway;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Stops a start with settings under which the gateway would let nobody in, or not say why. */
final class SettingsCheck {
  /** RFC 6454, 6.2: as a browser writes it, lower case, without a path. */
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(?::[0-9]{1,5})?");

  private SettingsCheck() {}

  /**
   * Looks at all that could be out of range.
   *
   * @throws ConfigurationException that names the variable
   */
  static void require(GatewaySettings settings) {
    check("PS_GATEWAY_PLACES_", PlaceSettings.class, settings.places());
    check("PS_GATEWAY_PACE_", PaceSettings.class, settings.pace());
    for (String origin : settings.appOrigins().orElse(List.of())) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new ConfigurationException(
            "PS_GATEWAY_APP_ORIGINS: \"%s\" is no origin as a browser sends it, such as https://app.example"
                .formatted(origin));
      }
    }
  }

  private static <T> void check(String prefix, Class<T> kind, T settings) {
    for (Method setting : kind.getDeclaredMethods()) {
      Object value = value(setting, settings);
      String name =
          prefix + setting.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
      if (value instanceof Number number && number.longValue() < 0) {
        throw new ConfigurationException(name + ": " + value + " is less than nothing");
      }
      if (value instanceof Duration time && (time.isNegative() || time.isZero())) {
        throw new ConfigurationException(name + ": " + value + " is no time");
      }
    }
  }

  private static Object value(Method setting, Object settings) {
    try {
      return setting.invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
