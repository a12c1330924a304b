package uk.progressstream.local.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private static final ProofResult PASSED = result("passed", "D9");
  private static final ProofResult SKIPPED = result("skipped", "D9", "D4");

  @Test
  void aClauseWithoutAProofIsOpenAndNeverPassed() {
    Matrix matrix = Matrix.of(Instant.EPOCH, List.of(Clause.D7), List.of(PASSED));

    assertThat(matrix.verdicts().get(0).verdict()).isEqualTo("open");
    assertThat(matrix.failed()).isFalse();
  }

  @Test
  void aSkippedProofProvesNothing() {
    Matrix matrix =
        Matrix.of(Instant.EPOCH, List.of(Clause.D9, Clause.D4), List.of(PASSED, SKIPPED));

    assertThat(matrix.verdicts())
        .extracting(ClauseVerdict::verdict)
        .containsExactly("failed", "failed");
    assertThat(matrix.failed()).isTrue();
  }

  @Test
  void allThreeFormsSayTheSame() throws IOException {
    Matrix matrix = Matrix.of(Instant.EPOCH, List.of(Clause.D9, Clause.D7), List.of(PASSED));

    assertThat(matrix.text()).contains("D9").contains("proven").contains("open");
    assertThat(matrix.html()).contains("a &lt;b&gt; attack").contains("proven").contains("open");
    assertThat(new JsonObject(matrix.json()).getJsonArray("clauses")).hasSize(2);
  }

  private static ProofResult result(String result, String... clauses) {
    return new ProofResult(List.of(clauses), "a <b> attack", "module: Test", result, 12);
  }
}
