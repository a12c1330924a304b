package uk.progressstream.provisioning.testing;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.quarkus.grpc.GrpcService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a service answers to, read from its classes, so that no route can be forgotten. */
final class ServiceRoutes {
  private static final String PEER = "peer:";

  private final JavaClasses classes;

  ServiceRoutes(String service) {
    this.classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("uk.progressstream." + service, "uk.progressstream.platform");
  }

  /** A REST route; parameters of its path are made up. */
  record Rest(String method, String path) {}

  /** A gRPC method and the peers that it names. */
  record Grpc(String path, Set<String> peers) {}

  List<Rest> rest() {
    return classes.stream()
        .filter(each -> each.isAnnotatedWith(Path.class))
        .flatMap(each -> each.getMethods().stream().flatMap(method -> rest(each, method)))
        .toList();
  }

  List<Grpc> grpc() {
    return classes.stream()
        .filter(each -> each.isAnnotatedWith(GrpcService.class))
        .flatMap(ServiceRoutes::grpc)
        .toList();
  }

  private static Stream<Rest> rest(JavaClass resource, JavaMethod method) {
    return method.getAnnotations().stream()
        .map(JavaAnnotation::getRawType)
        .filter(type -> type.isAnnotatedWith(HttpMethod.class))
        .map(type -> new Rest(type.getSimpleName(), concrete(path(resource) + path(method))));
  }

  private static String path(CanBeAnnotated annotated) {
    return Stream.of(annotated)
        .filter(each -> each.isAnnotatedWith(Path.class))
        .map(
            each ->
                each instanceof JavaClass type
                    ? type.getAnnotationOfType(Path.class)
                    : ((JavaMethod) each).getAnnotationOfType(Path.class))
        .map(path -> "/" + path.value())
        .findFirst()
        .orElse("");
  }

  private static String concrete(String template) {
    return template
        .replaceAll("\\{[^/{}]*(?:\\{[^}]*\\}[^/{}]*)*\\}", UUID.randomUUID().toString())
        .replaceAll("/{2,}", "/");
  }

  private static Stream<Grpc> grpc(JavaClass implementation) {
    ServiceDescriptor contract =
        implementation.getRawInterfaces().stream()
            .map(ServiceRoutes::descriptor)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no contract of " + implementation.getName()));
    return contract.getMethods().stream()
        .map(method -> new Grpc("/" + method.getFullMethodName(), peersOf(implementation, method)));
  }

  private static Optional<ServiceDescriptor> descriptor(JavaClass contract) {
    try {
      return Optional.of(
          (ServiceDescriptor)
              Class.forName(contract.getName() + "Grpc")
                  .getMethod("getServiceDescriptor")
                  .invoke(null));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static Set<String> peersOf(JavaClass implementation, MethodDescriptor<?, ?> rpc) {
    String bare = rpc.getBareMethodName();
    String name = bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
    return implementation.getMethods().stream()
        .filter(method -> method.getName().equals(name))
        .flatMap(method -> method.tryGetAnnotationOfType(RolesAllowed.class).stream())
        .flatMap(roles -> Arrays.stream(roles.value()))
        .filter(role -> role.startsWith(PEER))
        .map(role -> role.substring(PEER.length()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
