package uk.progressstream.platform.edge;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * One method of a resource class, as the annotations describe it. What names no type speaks JSON.
 *
 * @param method the HTTP method
 * @param template the path with its parameters in braces
 * @param consumes media types of the body; empty where none is taken
 * @param produces media types of the answer, the preferred one first; empty where it has no body
 * @param queried the parameters of the query
 * @param streamed whether the body is read as it arrives, by a method with a limit of its own
 */
record Route(
    String method,
    String template,
    List<String> consumes,
    List<String> produces,
    List<Queried> queried,
    boolean streamed) {
  private static final Pattern PARAMETER = Pattern.compile("\\{\\s*\\w+\\s*(?::([^}]*))?}");
  private static final String QUALITY = ";qs=";

  static Route of(String httpMethod, String template, Method method) {
    if (Arrays.stream(method.getParameterTypes()).anyMatch(Class::isPrimitive)) {
      throw new IllegalArgumentException(method + " has a primitive parameter: absent is not zero");
    }
    Optional<Parameter> body =
        Arrays.stream(method.getParameters()).filter(Route::isBody).findAny();
    return new Route(
        httpMethod,
        template,
        body.map(any -> consumed(method)).orElse(List.of()),
        isVoid(method.getGenericReturnType()) ? List.of() : produced(method),
        Arrays.stream(method.getParameters()).filter(Route::isQueried).map(Queried::of).toList(),
        body.filter(parameter -> parameter.getType() == InputStream.class).isPresent());
  }

  /** What a path of this route looks like. */
  Pattern pattern() {
    return Pattern.compile(PARAMETER.matcher(template).replaceAll(Route::expression) + "/?");
  }

  /** How many characters of the path are not a parameter's: the larger number goes first. */
  int literals() {
    return PARAMETER.matcher(template).replaceAll("").length();
  }

  private static String expression(MatchResult parameter) {
    String own = parameter.group(1);
    return Matcher.quoteReplacement(own == null ? "[^/]+" : "(?:" + own + ")");
  }

  /** The one parameter that nothing says to come from elsewhere. */
  private static boolean isBody(Parameter parameter) {
    return Arrays.stream(parameter.getAnnotations())
        .map(annotation -> annotation.annotationType().getName())
        .noneMatch(
            name ->
                name.startsWith("jakarta.ws.rs.")
                    || name.startsWith("org.jboss.resteasy.reactive."));
  }

  private static boolean isQueried(Parameter parameter) {
    return parameter.isAnnotationPresent(RestQuery.class);
  }

  private static boolean isVoid(Type type) {
    return type == void.class
        || type instanceof ParameterizedType of
            && Arrays.asList(of.getActualTypeArguments()).contains(Void.class);
  }

  private static List<String> consumed(Method method) {
    Consumes own = closest(method, Consumes.class);
    return own == null ? List.of(MediaType.APPLICATION_JSON) : List.of(own.value());
  }

  private static List<String> produced(Method method) {
    Produces own = closest(method, Produces.class);
    return own == null ? List.of(MediaType.APPLICATION_JSON) : List.of(own.value());
  }

  private static <A extends Annotation> @Nullable A closest(Method method, Class<A> type) {
    A own = method.getAnnotation(type);
    return own == null ? method.getDeclaringClass().getAnnotation(type) : own;
  }

  /** Whether an answer is chosen only where its type was asked for by name. */
  static boolean isSecondChoice(String produced) {
    return produced.contains(QUALITY);
  }

  /**
   * A parameter of a route's query. Its value is looked at here, since the framework would answer
   * 404 to one that is no UUID or number, and take whatever is not {@code true} for false.
   *
   * @param name as it is in the query
   * @param type as the route's method takes it
   */
  record Queried(String name, Class<?> type) {
    static Queried of(Parameter parameter) {
      String own = parameter.getAnnotation(RestQuery.class).value();
      return new Queried(own.isEmpty() ? parameter.getName() : own, parameter.getType());
    }

    /** What to send in place of this value; empty where it is of the type. */
    Optional<String> wanted(String value) {
      if (type == Boolean.class) {
        return wanted(value.equals("true") || value.equals("false"), "true or false");
      }
      if (type == Integer.class) {
        return wanted(isWhole(value), "a whole number of at most nine digits");
      }
      if (type == UUID.class) {
        return wanted(isUuid(value), "an id as this API gives it, a UUID");
      }
      return Optional.empty();
    }

    private Optional<String> wanted(boolean fits, String kind) {
      return fits ? Optional.empty() : Optional.of("Send " + name + " as " + kind + ".");
    }

    private static boolean isWhole(String value) {
      try {
        Integer.parseInt(value);
        return true;
      } catch (NumberFormatException e) {
        return false;
      }
    }

    private static boolean isUuid(String value) {
      try {
        UUID.fromString(value);
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }
}
