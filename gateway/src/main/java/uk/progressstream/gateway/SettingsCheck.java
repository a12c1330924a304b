package uk.progressstream.gateway;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Stops the start when a setting cannot work, and names the variable. */
final class SettingsCheck {
  /** RFC 6454, 6.2: as a browser writes it, lower case, without a path. */
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(?::[0-9]{1,5})?");

  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofDays(3653);
  private static final int PORT_MAX = 65_535;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]");

  private SettingsCheck() {}

  /**
   * Looks at all that could be out of range.
   *
   * @throws ConfigurationException that names the variable
   */
  static void require(GatewaySettings settings) {
    check("PS_GATEWAY_PLACES_", PlaceSettings.class, settings.places());
    check("PS_GATEWAY_PACE_", PaceSettings.class, settings.pace());
    Routes.of(settings.services());
    require(settings.port() > 0 && settings.port() <= PORT_MAX, "PS_GATEWAY_PORT: no port");
    require(settings.hstsSeconds() >= 0, "PS_GATEWAY_HSTS_SECONDS: less than zero");
    for (String host : settings.otherHosts().orElse(List.of())) {
      require(
          HOST.matcher(host).matches(),
          "PS_GATEWAY_OTHER_HOSTS: \"" + host + "\" is not a host name without a port");
    }
    for (String origin : settings.appOrigins().orElse(List.of())) {
      require(
          ORIGIN.matcher(origin).matches(),
          "PS_GATEWAY_APP_ORIGINS: \"%s\" is not an origin as a browser sends it, such as https://app.example"
              .formatted(origin));
    }
  }

  private static <T> void check(String prefix, Class<T> kind, T settings) {
    for (Method setting : kind.getDeclaredMethods()) {
      Object value = value(setting, settings);
      String name =
          prefix + setting.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
      require(
          !(value instanceof Number number) || number.longValue() > 0,
          name + ": " + value + " is less than one");
      if (value instanceof Duration time) {
        require(name, time);
      }
    }
  }

  /**
   * Looks at a time.
   *
   * @param name of its variable
   * @throws ConfigurationException that names it, if no timer could have it
   */
  static void require(String name, Duration time) {
    require(time.compareTo(LEAST) >= 0, name + ": " + time + " is less than a millisecond");
    require(time.compareTo(MOST) <= 0, name + ": " + time + " is more than ten years");
  }

  private static void require(boolean works, String otherwise) {
    if (!works) {
      throw new ConfigurationException(otherwise);
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
