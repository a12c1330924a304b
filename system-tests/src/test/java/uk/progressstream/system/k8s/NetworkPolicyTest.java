package uk.progressstream.system.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkPolicyTest {
  private static final String OVERLAYS = "uk.progressstream.system.k8s.Manifests#overlays";
  private static final String NAME = "app.kubernetes.io/name";

  /** Who calls whom, as the architecture says. */
  private static final Set<String> FLOWS =
      flows(
          Map.of(
              "identity", List.of("identity", "audit"),
              "ingest", List.of("identity", "pseudonym", "grades", "sensitive", "audit"),
              "pseudonym", List.of("identity", "audit"),
              "grades", List.of("identity", "audit"),
              "sensitive", List.of("identity", "audit"),
              "audit", List.of("identity", "audit"),
              "breach", List.of("identity", "audit")));

  @DisplayName("everything is denied in both directions before anything is allowed")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void defaultDeny(String overlay) {
    NetworkPolicy deny = Manifests.ofOverlay(overlay).one(NetworkPolicy.class, "default-deny");

    assertThat(deny.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(deny.getSpec().getPodSelector()).isEqualTo(new LabelSelector());
    assertThat(deny.getSpec().getIngress()).isEmpty();
    assertThat(deny.getSpec().getEgress()).isEmpty();
  }

  @DisplayName(
      "services reach each other as the architecture says and not otherwise, seen from both ends")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void exactFlows(String overlay) {
    Manifests manifests = Manifests.ofOverlay(overlay);
    Set<String> out = new TreeSet<>();
    Set<String> in = new TreeSet<>();
    for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
      for (String subject : selected(manifests, policy.getSpec().getPodSelector())) {
        egressPeers(policy)
            .flatMap(peer -> sameNamespace(manifests, peer))
            .forEach(peer -> out.add(subject + ">" + peer));
        ingressPeers(policy)
            .flatMap(peer -> sameNamespace(manifests, peer))
            .forEach(peer -> in.add(peer + ">" + subject));
      }
    }

    assertThat(out).isEqualTo(FLOWS);
    assertThat(in).isEqualTo(FLOWS);
  }

  @DisplayName("no rule is open to everybody: each has peers, a protocol and a port")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void noOpenRule(String overlay) {
    for (NetworkPolicy policy : Manifests.ofOverlay(overlay).all(NetworkPolicy.class)) {
      policy
          .getSpec()
          .getIngress()
          .forEach(rule -> isExact(policy, rule.getFrom(), rule.getPorts()));
      policy.getSpec().getEgress().forEach(rule -> isExact(policy, rule.getTo(), rule.getPorts()));
    }
  }

  @DisplayName("only identity reaches the Internet, and no private address on the way")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void oneWayOut(String overlay) {
    List<NetworkPolicy> open =
        Manifests.ofOverlay(overlay).all(NetworkPolicy.class).stream()
            .filter(policy -> egressPeers(policy).anyMatch(NetworkPolicyTest::isInternet))
            .toList();

    assertThat(open)
        .extracting(policy -> policy.getMetadata().getName())
        .containsExactly("identity-service");
    assertThat(egressPeers(open.get(0)).filter(NetworkPolicyTest::isInternet))
        .allSatisfy(
            peer ->
                assertThat(peer.getIpBlock().getExcept())
                    .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"));
  }

  @DisplayName("only the gateway is reached from outside, and it reaches no database")
  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void oneWayIn(String overlay) {
    Manifests manifests = Manifests.ofOverlay(overlay);
    List<String> reached = new ArrayList<>();
    List<String> sending = new ArrayList<>();
    for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
      List<String> subjects = selected(manifests, policy.getSpec().getPodSelector());
      if (ingressPeers(policy).anyMatch(peer -> peer.getIpBlock() != null)) {
        reached.addAll(subjects);
        assertThat(ports(policy)).containsOnly(8443);
      }
      if (subjects.contains("gateway") && !policy.getSpec().getEgress().isEmpty()) {
        sending.add(policy.getMetadata().getName());
      }
    }

    assertThat(reached).containsExactly("gateway");
    assertThat(sending).containsExactlyInAnyOrder("dns", "gateway");
    assertThat(manifests.all(Service.class))
        .filteredOn(each -> "LoadBalancer".equals(each.getSpec().getType()))
        .extracting(each -> each.getMetadata().getName())
        .containsExactly("gateway");
  }

  private static List<Integer> ports(NetworkPolicy policy) {
    return Stream.concat(
            policy.getSpec().getIngress().stream().flatMap(rule -> rule.getPorts().stream()),
            policy.getSpec().getEgress().stream().flatMap(rule -> rule.getPorts().stream()))
        .map(port -> port.getPort().getIntVal())
        .toList();
  }

  private static void isExact(
      HasMetadata policy, List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
    assertThat(peers).as(policy.getMetadata().getName()).isNotEmpty();
    assertThat(ports)
        .as(policy.getMetadata().getName())
        .isNotEmpty()
        .allSatisfy(port -> assertThat(port.getPort()).isNotNull())
        .allSatisfy(port -> assertThat(port.getProtocol()).isNotNull())
        .allSatisfy(port -> assertThat(port.getEndPort()).isNull());
  }

  private static Stream<NetworkPolicyPeer> egressPeers(NetworkPolicy policy) {
    return policy.getSpec().getEgress().stream().flatMap(rule -> rule.getTo().stream());
  }

  private static Stream<NetworkPolicyPeer> ingressPeers(NetworkPolicy policy) {
    return policy.getSpec().getIngress().stream().flatMap(rule -> rule.getFrom().stream());
  }

  private static boolean isInternet(NetworkPolicyPeer peer) {
    return peer.getIpBlock() != null && peer.getIpBlock().getCidr().endsWith("/0");
  }

  private static Stream<String> sameNamespace(Manifests manifests, NetworkPolicyPeer peer) {
    return peer.getNamespaceSelector() == null && peer.getPodSelector() != null
        ? selected(manifests, peer.getPodSelector()).stream()
        : Stream.empty();
  }

  private static List<String> selected(Manifests manifests, LabelSelector selector) {
    Map<String, String> wanted = Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
    return manifests.all(Deployment.class).stream()
        .map(each -> each.getSpec().getTemplate().getMetadata().getLabels())
        .filter(labels -> labels.entrySet().containsAll(wanted.entrySet()))
        .map(labels -> labels.get(NAME))
        .toList();
  }

  private static Set<String> flows(Map<String, List<String>> calls) {
    Set<String> flows = new TreeSet<>();
    Manifests.services().forEach(service -> flows.add("gateway>" + service));
    calls.forEach(
        (from, all) -> all.forEach(to -> flows.add(from + "-service>" + to + "-service")));
    return flows;
  }
}
