package uk.progressstream.system.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.progressstream.provisioning.proof.Proves;

class StrictManifestsTest {

  @Proves("D1")
  @DisplayName("both overlays render, and Kubernetes' types know every field of every object")
  @ParameterizedTest
  @MethodSource("uk.progressstream.system.k8s.Manifests#overlays")
  void everyFieldIsKnown(String overlay) {
    List<String> unknown =
        Manifests.ofOverlay(overlay).objects().stream()
            .flatMap(each -> UnknownFields.in(each).stream())
            .toList();

    assertThat(unknown).isEmpty();
  }

  @DisplayName("a misspelt field at any depth and an unknown kind are found")
  @ParameterizedTest
  @CsvSource({
    "readOnlyRootFilesystem:,readOnlyRootFileSystem:,containers[0].securityContext.readOnlyRootFileSystem",
    "secretName:,secretname:,secret.secretname",
    "policyTypes:,policyType:,NetworkPolicy.spec.policyType",
    "externalTrafficPolicy:,externaltrafficPolicy:,Service.spec.externaltrafficPolicy",
    "kind: PodDisruptionBudget,kind: PodDisruptionBudgets,no model of kind PodDisruptionBudgets"
  })
  void everyMistakeIsFound(String right, String wrong, String path) {
    String yaml = Kustomize.render("gke");
    assertThat(yaml).contains(right);

    List<String> unknown =
        Manifests.parse(yaml.replace(right, wrong)).objects().stream()
            .flatMap(each -> UnknownFields.in(each).stream())
            .toList();

    assertThat(unknown).isNotEmpty().allSatisfy(found -> assertThat(found).contains(path));
  }

  @Test
  @DisplayName("a value of a wrong type does not even parse")
  void everyWrongTypeIsFound() {
    String wrong = Kustomize.render("gke").replace("periodSeconds: 5", "periodSeconds: often");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Manifests.parse(wrong))
        .withMessageContaining("readinessProbe");
  }

  @Test
  @DisplayName("no object is a Secret: secrets are made outside and referred to by name")
  void noSecretIsCommitted() {
    assertThat(Manifests.overlays().map(Kustomize::render))
        .noneMatch(yaml -> yaml.contains("kind: Secret\n" + "metadata:"))
        .noneMatch(yaml -> yaml.contains("PRIVATE KEY"));
  }
}
