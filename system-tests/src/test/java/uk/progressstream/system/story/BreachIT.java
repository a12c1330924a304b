package uk.progressstream.system.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.local.Failure;
import uk.progressstream.local.client.Answer;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

@ExtendWith(WholeSystem.class)
class BreachIT {
  private static final String BREACHES = "/breach/v1/breaches";
  private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

  private final RunningSystem system;

  BreachIT(RunningSystem system) {
    this.system = system;
  }

  @Test
  @Proves("B1")
  @DisplayName(
      "Who touched which school's data is answered from the log, in counts and without a row")
  void theLogAnswers() {
    String psId =
        system
            .as(SampleAccount.GP_TEACHER)
            .get("/grades/v1/grades?limit=5")
            .require(200)
            .items()
            .getJsonObject(0)
            .getString("psId");
    String breach = open(Instant.now());

    Answer scope =
        system.as(SampleAccount.DPO).get(BREACHES + "/" + breach + "/scope").require(200);

    assertThat(scope.body()).contains("grades.read").contains("teacher");
    assertThat(scope.body()).doesNotContain(psId).doesNotContain("GP-P0");
  }

  @Test
  @DisplayName("The deadlines stand as they were through a kill -9 of the breach service")
  void deadlinesSurviveAKill() {
    Instant awareAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);
    String breach = open(awareAt);
    List<String> before = dueAts(breach);
    Instant killedAt = Instant.now();

    system.kill("breach");

    assertThat(dueAtsAgain(breach, killedAt)).isEqualTo(before);
    assertThat(before)
        .map(Instant::parse)
        .containsExactly(
            awareAt.plus(Duration.ofHours(1)),
            awareAt.plus(Duration.ofHours(4)),
            awareAt.plus(Duration.ofHours(4)),
            awareAt.plus(Duration.ofHours(72)),
            awareAt.plus(Duration.ofDays(7)),
            awareAt.plus(Duration.ofDays(14)));
  }

  @Test
  @DisplayName("Nobody but the breach officer sees a breach")
  void nobodyElse() {
    String breach = open(Instant.now());

    for (SampleAccount other :
        List.of(SampleAccount.GP_ADMIN, SampleAccount.GP_TEACHER, SampleAccount.EMPLOYEE)) {
      assertThat(system.as(other).get(BREACHES + "/" + breach).status()).isEqualTo(404);
    }
  }

  private String open(Instant awareAt) {
    JsonObject body =
        new JsonObject()
            .put("awareAt", awareAt.toString())
            .put("summary", "A laptop was left on a train.")
            .put("windowFrom", awareAt.minus(Duration.ofHours(2)).toString())
            .put("windowTo", awareAt.plus(Duration.ofHours(2)).toString());
    return system.as(SampleAccount.DPO).post(BREACHES, body).require(201).json().getString("id");
  }

  private List<String> dueAts(String breach) {
    JsonArray steps =
        system
            .as(SampleAccount.DPO)
            .get(BREACHES + "/" + breach)
            .require(200)
            .json()
            .getJsonArray("steps");
    return steps.stream().map(step -> ((JsonObject) step).getString("dueAt")).toList();
  }

  private List<String> dueAtsAgain(String breach, Instant killedAt) {
    while (true) {
      try {
        return dueAts(breach);
      } catch (Failure notYet) {
        assertThat(Instant.now()).isBefore(killedAt.plus(BACK_WITHIN));
        RunningSystem.pause();
      }
    }
  }
}
