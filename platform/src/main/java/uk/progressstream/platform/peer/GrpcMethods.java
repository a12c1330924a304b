package uk.progressstream.platform.peer;

import io.grpc.BindableService;
import io.quarkus.grpc.GrpcService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The paths of this service's own gRPC methods, to the letter. */
@ApplicationScoped
public class GrpcMethods {
  private static final String OURS = "progressstream.";

  private final Instance<BindableService> services;
  private volatile @Nullable Set<String> paths;

  GrpcMethods(@GrpcService Instance<BindableService> services) {
    this.services = services;
  }

  /** Whether this is the path of one. What the framework adds of its own is none. */
  boolean has(@Nullable String path) {
    return path != null && paths().contains(path);
  }

  /** Read with the first request: when the gate is put up, not every service can be made yet. */
  private Set<String> paths() {
    Set<String> known = paths;
    if (known == null) {
      known =
          services.stream()
              .flatMap(service -> service.bindService().getMethods().stream())
              .map(method -> method.getMethodDescriptor().getFullMethodName())
              .filter(name -> name.startsWith(OURS))
              .map(name -> "/" + name)
              .collect(Collectors.toUnmodifiableSet());
      paths = known;
    }
    return known;
  }
}
