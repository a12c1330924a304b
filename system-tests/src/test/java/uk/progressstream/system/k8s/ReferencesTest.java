package uk.progressstream.system.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencesTest {
  private static final String OVERLAYS = "uk.progressstream.system.k8s.Manifests#overlays";

  @DisplayName("what a pod names is there: configuration, volumes, claims, ports")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void podsReferToWhatIsThere(String overlay) {
    Manifests manifests = Manifests.ofOverlay(overlay);
    for (String service : Manifests.services()) {
      PodSpec pod = manifests.pod(service);
      Container container = pod.getContainers().get(0);

      assertThat(names(manifests, ConfigMap.class))
          .containsAll(
              container.getEnvFrom().stream()
                  .map(EnvFromSource::getConfigMapRef)
                  .map(reference -> reference.getName())
                  .toList());
      assertThat(pod.getVolumes())
          .extracting(Volume::getName)
          .containsExactlyInAnyOrderElementsOf(
              container.getVolumeMounts().stream().map(VolumeMount::getName).toList());
      assertThat(names(manifests, PersistentVolumeClaim.class)).containsAll(claims(pod));
      assertThat(manifests.one(Service.class, service).getSpec().getPorts())
          .allSatisfy(
              port ->
                  assertThat(container.getPorts())
                      .extracting(ContainerPort::getName)
                      .contains(port.getTargetPort().getStrVal()));
    }
  }

  @DisplayName(
      "each service has a route by its own path prefix, and the gateway must see its certificate")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void routes(String overlay) {
    Manifests manifests = Manifests.ofOverlay(overlay);
    for (String service : Manifests.services()) {
      String name = service.replace("-service", "");
      HTTPRouteRule rule = manifests.one(HTTPRoute.class, name).getSpec().getRules().get(0);

      assertThat(rule.getMatches())
          .extracting(match -> match.getPath().getValue())
          .contains("/" + name + "/v1")
          .allMatch(path -> path.startsWith("/" + name + "/"));
      assertThat(rule.getBackendRefs())
          .extracting(HTTPBackendRef::getName)
          .containsExactly(service);
      assertThat(
              manifests.one(BackendTLSPolicy.class, name).getSpec().getValidation().getHostname())
          .isEqualTo(service);
    }
  }

  @Test
  @DisplayName("every Secret that is referred to is described in k8s/README.md")
  void secretsAreDescribed() throws IOException {
    String readme = Files.readString(Kustomize.k8s().resolve("README.md"));
    Set<String> secrets = new TreeSet<>();
    Manifests.overlays().map(Kustomize::render).forEach(yaml -> secrets.addAll(secretNames(yaml)));

    assertThat(secrets).isNotEmpty().allSatisfy(name -> assertThat(readme).contains(generic(name)));
  }

  private static Set<String> secretNames(String yaml) {
    return Pattern.compile(
            "secretName: (\\S+)|secretKeyRef:\\s+key: \\S+\\s+name: (\\S+)|kind: Secret\\s+name: (\\S+)")
        .matcher(yaml)
        .results()
        .flatMap(match -> Stream.of(match.group(1), match.group(2), match.group(3)))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static String generic(String secret) {
    return Manifests.services().stream()
        .filter(service -> secret.equals(service + "-tls") || secret.equals(service + "-database"))
        .findFirst()
        .map(service -> secret.replace(service, "<service>"))
        .orElse(secret);
  }

  private static List<String> claims(PodSpec pod) {
    return pod.getVolumes().stream()
        .map(Volume::getPersistentVolumeClaim)
        .filter(Objects::nonNull)
        .map(claim -> claim.getClaimName())
        .toList();
  }

  private static <T extends HasMetadata> List<String> names(Manifests manifests, Class<T> type) {
    return manifests.all(type).stream().map(each -> each.getMetadata().getName()).toList();
  }
}
