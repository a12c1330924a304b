package uk.progressstream.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.local.Failure;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

@ExtendWith(WholeSystem.class)
class RestartIT {
  private static final Duration BACK_WITHIN = Duration.ofMinutes(2);
  private static final String GRADES = "/grades/v1/grades?limit=100";
  private static final String SCHOOLS = "/identity/v1/schools";

  private final RunningSystem system;

  RestartIT(RunningSystem system) {
    this.system = system;
  }

  @Test
  @DisplayName("A service that is killed comes back by itself, a line says so, and the rest stands")
  void aServiceThatIsKilledComesBack() {
    ApiClient teacher = system.as(SampleAccount.GP_TEACHER);
    String before = teacher.get(GRADES).require(200).body();
    long first = system.service("grades").getLong("pid");
    long gateway = system.run().json().getLong("gatewayPid");

    system.kill("grades");

    Instant deadline = Instant.now().plus(BACK_WITHIN);
    while (!answers(teacher)) {
      assertThat(Instant.now()).as("grades answers again").isBefore(deadline);
      RunningSystem.pause();
    }
    assertThat(system.said())
        .contains("grades stopped (exit 137), starting again in 1 s; its log: ");
    assertThat(system.service("grades").getLong("pid")).isNotEqualTo(first);
    assertThat(system.run().json().getLong("gatewayPid")).isEqualTo(gateway);
    assertThat(teacher.get(GRADES).require(200).body()).isEqualTo(before);
  }

  @Test
  @DisplayName("PostgreSQL that is killed comes back by itself, and a line says so")
  void postgresThatIsKilledComesBack() throws Exception {
    ApiClient teacher = system.as(SampleAccount.GP_TEACHER);
    String before = teacher.get(GRADES).require(200).body();
    Path data = Path.of(system.run().json().getJsonObject("postgres").getString("dataDirectory"));
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));

    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

    Instant deadline = Instant.now().plus(BACK_WITHIN);
    while (!system.said().contains("postgres stopped") || !answers(teacher)) {
      assertThat(Instant.now()).as("everything answers again").isBefore(deadline);
      RunningSystem.pause();
    }
    assertThat(teacher.get(GRADES).require(200).body()).isEqualTo(before);
  }

  @Test
  @DisplayName("Ctrl-C leaves no process; the next start has the same schools, data and tokens")
  void stoppedAndStartedAgain() throws Exception {
    ApiClient admin = system.as(SampleAccount.GP_ADMIN);
    String schools = admin.get(SCHOOLS).require(200).body();
    String grades = admin.get(GRADES).require(200).body();
    int port = URI.create(system.run().gateway()).getPort();
    assertThat(RunningSystem.processesOf(system.directory())).hasSizeGreaterThan(8);

    int exit = system.interrupt();
    List<String> left = RunningSystem.processesOf(system.directory());
    String said = system.said();
    system.startAgain(port);

    assertThat(exit).isEqualTo(130);
    assertThat(left).isEmpty();
    assertThat(said).contains("stopping").endsWith("stopped\n");
    ApiClient earlier = system.signIn().gateway().with(admin.token());
    assertThat(earlier.get(SCHOOLS).require(200).body()).isEqualTo(schools);
    assertThat(earlier.get(GRADES).require(200).body()).isEqualTo(grades);
    assertThat(system.as(SampleAccount.GP_ADMIN).get(GRADES).require(200).body()).isEqualTo(grades);
  }

  private static boolean answers(ApiClient teacher) {
    try {
      return teacher.get(GRADES).status() == 200;
    } catch (Failure notYet) {
      return false;
    }
  }
}
