package uk.progressstream.system.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodPolicyTest {
  private static final String OVERLAYS = "uk.progressstream.system.k8s.Manifests#overlays";

  @DisplayName("there is exactly one workload for the gateway and for each of the seven services")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void allOfThem(String overlay) {
    assertThat(Manifests.ofOverlay(overlay).all(Deployment.class))
        .extracting(each -> each.getMetadata().getName())
        .containsExactlyInAnyOrderElementsOf(Manifests.programs());
  }

  @DisplayName(
      "no container runs as root, writes its file system, gains a privilege or has a capability")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void confined(String overlay) {
    assertThat(Manifests.ofOverlay(overlay).containers())
        .isNotEmpty()
        .extracting(Container::getSecurityContext)
        .allSatisfy(
            context -> {
              assertThat(context.getReadOnlyRootFilesystem()).isTrue();
              assertThat(context.getAllowPrivilegeEscalation()).isFalse();
              assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
              assertThat(context.getCapabilities().getAdd()).isEmpty();
              assertThat(context.getPrivileged()).isNull();
            });
  }

  @DisplayName("no pod shares a name space with its node, mounts its files or an API token")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void apart(String overlay) {
    Manifests manifests = Manifests.ofOverlay(overlay);

    assertThat(manifests.all(Deployment.class))
        .extracting(each -> each.getSpec().getTemplate().getSpec())
        .allSatisfy(PodPolicyTest::isApart);
    assertThat(manifests.all(ServiceAccount.class))
        .hasSize(Manifests.programs().size())
        .allSatisfy(each -> assertThat(each.getAutomountServiceAccountToken()).isFalse());
  }

  private static void isApart(PodSpec pod) {
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC()))
        .containsOnlyNulls();
    assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
  }

  @DisplayName("each of them runs under an account of its own")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void ownAccounts(String overlay) {
    Manifests manifests = Manifests.ofOverlay(overlay);

    for (String program : Manifests.programs()) {
      assertThat(manifests.pod(program).getServiceAccountName()).isEqualTo(program);
    }
  }

  @DisplayName("each container has requests, limits, and three probes on the management port")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void limitsAndProbes(String overlay) {
    assertThat(Manifests.ofOverlay(overlay).containers())
        .allSatisfy(
            container -> {
              assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
              assertThat(container.getResources().getLimits())
                  .containsKeys("cpu", "memory", "ephemeral-storage");
              assertThat(probes(container))
                  .hasSize(3)
                  .allSatisfy(
                      probe ->
                          assertThat(probe.getHttpGet().getPort().getStrVal())
                              .isEqualTo("management"));
            });
  }

  @DisplayName("a node can be drained: no disruption budget forbids the last pod to move")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void drains(String overlay) {
    assertThat(Manifests.ofOverlay(overlay).all(PodDisruptionBudget.class))
        .hasSize(Manifests.programs().size())
        .allSatisfy(each -> assertThat(each.getSpec().getMaxUnavailable().getIntVal()).isOne());
  }

  @DisplayName(
      "on GKE every image has a version, from one registry, and every service's account is Google's")
  @org.junit.jupiter.api.Test
  void gke() {
    Manifests manifests = Manifests.ofOverlay("gke");

    assertThat(manifests.containers())
        .extracting(Container::getImage)
        .allMatch(
            image -> image.matches("[a-z0-9-]+-docker\\.pkg\\.dev/[a-z0-9/-]+:\\d+\\.\\d+\\.\\d+"));
    assertThat(manifests.all(ServiceAccount.class))
        .filteredOn(each -> Manifests.services().contains(each.getMetadata().getName()))
        .hasSize(Manifests.services().size())
        .allSatisfy(
            each ->
                assertThat(
                        each.getMetadata().getAnnotations().get("iam.gke.io/gcp-service-account"))
                    .startsWith(each.getMetadata().getName() + "@"));
  }

  private static List<Probe> probes(Container container) {
    return Stream.of(
            container.getStartupProbe(),
            container.getReadinessProbe(),
            container.getLivenessProbe())
        .filter(probe -> probe != null)
        .toList();
  }
}
