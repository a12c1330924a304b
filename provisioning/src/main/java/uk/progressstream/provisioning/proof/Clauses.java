package uk.progressstream.provisioning.proof;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/** Reads {@link Proves} from where a test came from. */
final class Clauses {
  private Clauses() {}

  /** The clauses that a test's method and classes name; empty where there are none. */
  static Set<String> of(Optional<TestSource> source) {
    Set<String> clauses = new TreeSet<>();
    source.stream().flatMap(Clauses::elements).forEach(element -> collect(element, clauses));
    return clauses;
  }

  private static Stream<AnnotatedElement> elements(TestSource source) {
    if (source instanceof MethodSource method) {
      return Stream.concat(Stream.of(method.getJavaMethod()), classes(method.getJavaClass()));
    }
    return source instanceof ClassSource type ? classes(type.getJavaClass()) : Stream.empty();
  }

  private static Stream<AnnotatedElement> classes(Class<?> type) {
    return Stream.<Class<?>>iterate(type, each -> each != null, Class::getEnclosingClass)
        .map(AnnotatedElement.class::cast);
  }

  // By name: Quarkus loads test classes, and with them the annotation, with a loader of its own.
  private static void collect(AnnotatedElement element, Set<String> clauses) {
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation.annotationType().getName().equals(Proves.class.getName())) {
        clauses.addAll(Arrays.asList(value(annotation)));
      }
    }
  }

  private static String[] value(Annotation annotation) {
    try {
      return (String[]) annotation.annotationType().getMethod("value").invoke(annotation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
