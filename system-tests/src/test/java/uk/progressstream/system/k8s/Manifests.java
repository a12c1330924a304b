package uk.progressstream.system.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.stream.Stream;

/** The objects of a rendered overlay. */
record Manifests(List<HasMetadata> objects) {
  private static final KubernetesSerialization READER = new KubernetesSerialization();

  /** The overlays that we ship. */
  static Stream<String> overlays() {
    return Stream.of("dev", "gke");
  }

  /** The seven services, by the names of their modules. */
  static List<String> services() {
    return Stream.of("identity", "ingest", "pseudonym", "grades", "sensitive", "audit", "breach")
        .map(name -> name + "-service")
        .toList();
  }

  /** Everything that runs: the gateway and the services. */
  static List<String> programs() {
    return Stream.concat(Stream.of("gateway"), services().stream()).toList();
  }

  static Manifests ofOverlay(String overlay) {
    return parse(Kustomize.render(overlay));
  }

  static Manifests parse(String yaml) {
    return new Manifests(
        Stream.of(yaml.split("(?m)^---\\s*$"))
            .filter(document -> !document.isBlank())
            .map(document -> (HasMetadata) READER.unmarshal(document))
            .toList());
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> T one(Class<T> type, String name) {
    List<T> named =
        all(type).stream().filter(each -> each.getMetadata().getName().equals(name)).toList();
    assertThat(named).as(type.getSimpleName() + " " + name).hasSize(1);
    return named.get(0);
  }

  PodSpec pod(String service) {
    return one(Deployment.class, service).getSpec().getTemplate().getSpec();
  }

  /** Every container of every workload, the ones that run before others included. */
  List<Container> containers() {
    return all(Deployment.class).stream()
        .map(each -> each.getSpec().getTemplate().getSpec())
        .flatMap(
            pod -> Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()))
        .toList();
  }
}
