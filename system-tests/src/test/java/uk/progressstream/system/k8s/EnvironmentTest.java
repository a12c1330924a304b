package uk.progressstream.system.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentTest {
  /** Facts of the house that a service's own properties may change, and an operator may not. */
  private static final Set<String> FIXED_IN_CODE =
      Set.of("PS_PEER_GATEWAY", "PS_PEER_OPEN_PATHS", "PS_PEER_KEYS_KEPT");

  private static final Pattern NAME = Pattern.compile("\\bPS_[A-Z0-9_]+[A-Z0-9]\\b");

  @DisplayName(
      "a pod is told exactly what its service's configuration asks for, no more and no less")
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyServiceInEveryOverlay")
  void exactly(String overlay, String service) {
    Set<String> asked = SourceSettings.of("platform", "transport", service);
    asked.removeAll(FIXED_IN_CODE);

    assertThat(variables(Manifests.ofOverlay(overlay), service))
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  @Test
  @DisplayName("docs/CONFIGURATION.md names every variable that is asked for, and no other")
  void documented() throws IOException {
    Set<String> asked = new TreeSet<>(SourceSettings.of("platform", "transport", "gateway"));
    Manifests.services().forEach(service -> asked.addAll(SourceSettings.of("platform", service)));
    asked.removeAll(FIXED_IN_CODE);

    String text = Files.readString(Kustomize.root().resolve("docs/CONFIGURATION.md"));

    assertThat(NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  @DisplayName("no variable is set twice, so that none hides another")
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyServiceInEveryOverlay")
  void once(String overlay, String service) {
    assertThat(variables(Manifests.ofOverlay(overlay), service)).doesNotHaveDuplicates();
  }

  @DisplayName(
      "the gateway is told nothing that it does not ask for, and all that is not as it comes")
  @ParameterizedTest
  @MethodSource("uk.progressstream.system.k8s.Manifests#overlays")
  void gateway(String overlay) {
    List<String> told = variables(Manifests.ofOverlay(overlay), "gateway");

    assertThat(SourceSettings.of("gateway")).containsAll(told);
    assertThat(told)
        .doesNotHaveDuplicates()
        .contains(
            "PS_GATEWAY_HOST",
            "PS_GATEWAY_AUTHORITY",
            "PS_GATEWAY_SERVICES",
            "PS_GATEWAY_TLS_CERTIFICATE",
            "PS_GATEWAY_TLS_KEY",
            "PS_GATEWAY_HSTS_SECONDS",
            "PS_MANAGEMENT_HOST",
            "PS_TLS_CERTIFICATE",
            "PS_TLS_KEY",
            "PS_TLS_CA");
  }

  @DisplayName("passwords and keys come from Secrets alone")
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyServiceInEveryOverlay")
  void secrets(String overlay, String service) {
    Manifests manifests = Manifests.ofOverlay(overlay);

    assertThat(manifests.pod(service).getContainers().get(0).getEnv())
        .filteredOn(each -> each.getName().endsWith("PASSWORD"))
        .hasSize(4)
        .allSatisfy(
            each -> assertThat(each.getValueFrom().getSecretKeyRef().getName()).contains(service));
    assertThat(manifests.all(ConfigMap.class))
        .flatExtracting(each -> each.getData().keySet())
        .noneMatch(name -> name.endsWith("PASSWORD"));
  }

  static Stream<Arguments> everyServiceInEveryOverlay() {
    return Manifests.overlays()
        .flatMap(overlay -> Manifests.services().stream().map(each -> Arguments.of(overlay, each)));
  }

  private static List<String> variables(Manifests manifests, String service) {
    Container container = manifests.pod(service).getContainers().get(0);
    List<String> names = new ArrayList<>(container.getEnv().stream().map(EnvVar::getName).toList());
    container.getEnvFrom().stream()
        .map(each -> manifests.one(ConfigMap.class, each.getConfigMapRef().getName()))
        .forEach(map -> names.addAll(map.getData().keySet()));
    return names;
  }
}
