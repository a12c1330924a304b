package uk.progressstream.platform.edge;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All routes of this service, as its resource classes say. */
@Singleton
public class Routes {
  private final Map<Pattern, List<Route>> byPath = new LinkedHashMap<>();

  @Inject
  Routes(BeanManager beans) {
    this(
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
            .<Class<?>>map(Bean::getBeanClass)
            .filter(type -> type.isAnnotationPresent(Path.class)));
  }

  Routes(Stream<Class<?>> resources) {
    // By what a path looks like: two methods may call one part of it by two names.
    Map<String, List<Route>> byPattern =
        resources
            .distinct()
            .flatMap(Routes::of)
            .collect(Collectors.groupingBy(route -> route.pattern().pattern()));
    byPattern.values().stream()
        .sorted(Comparator.comparing((List<Route> routes) -> -routes.get(0).literals()))
        .forEach(routes -> byPath.put(routes.get(0).pattern(), routes));
  }

  /** The routes of a path, one a method and type; empty where there is none. */
  List<Route> at(String path) {
    return byPath.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(path).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(List.of());
  }

  /** The methods that a path knows, for {@code Allow}. */
  static String allowed(List<Route> routes) {
    TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
    routes.forEach(route -> methods.add(route.method()));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }

  private static Stream<Route> of(Class<?> resource) {
    String above = resource.getAnnotation(Path.class).value();
    return Arrays.stream(resource.getDeclaredMethods())
        .flatMap(
            method -> httpMethods(method).map(http -> Route.of(http, path(above, method), method)));
  }

  private static Stream<String> httpMethods(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(Objects::nonNull)
        .map(HttpMethod::value);
  }

  private static String path(String above, Method method) {
    Path own = method.getAnnotation(Path.class);
    String joined = above + "/" + (own == null ? "" : own.value());
    return joined.replaceAll("/{2,}", "/").replaceFirst("(?<=.)/$", "");
  }
}
