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
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
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
    for (String service : Manifests.programs()) {
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

  @DisplayName("the gateway knows each service by its name and port, and goes by the host's name")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void gatewayKnowsThem(String overlay) {
    Manifests manifests = Manifests.ofOverlay(overlay);
    Map<String, String> settings =
        manifests
            .one(
                ConfigMap.class,
                manifests
                    .pod("gateway")
                    .getContainers()
                    .get(0)
                    .getEnvFrom()
                    .get(0)
                    .getConfigMapRef()
                    .getName())
            .getData();

    assertThat(settings.getOrDefault("PS_GATEWAY_SERVICES", "").split(","))
        .containsExactlyInAnyOrderElementsOf(
            Manifests.services().stream()
                .map(
                    service ->
                        "%s=%s:%d"
                            .formatted(
                                service.replace("-service", ""),
                                service,
                                manifests
                                    .one(Service.class, service)
                                    .getSpec()
                                    .getPorts()
                                    .get(0)
                                    .getPort()))
                .toList());
    assertThat(settings.get("PS_GATEWAY_AUTHORITY")).doesNotEndWith(".invalid");
  }

  @DisplayName("the gateway sees its clients' own addresses, which its limits are by")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void addresses(String overlay) {
    assertThat(
            Manifests.ofOverlay(overlay)
                .one(Service.class, "gateway")
                .getSpec()
                .getExternalTrafficPolicy())
        .isEqualTo("Local");
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
