package uk.progressstream.system.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.system.running.RunningSystem;
import uk.progressstream.system.running.WholeSystem;

@ExtendWith(WholeSystem.class)
@Proves("D13")
class LeaseIT {
  private static final String GRADES = "/grades/v1/grades?limit=5";
  private static final String SESSION = "/identity/v1/employee-session";

  private final RunningSystem system;

  LeaseIT(RunningSystem system) {
    this.system = system;
  }

  @Test
  @DisplayName("Taking school MS ends school GP at once, for a token that is still unexpired")
  void takingOneSchoolEndsTheOther() {
    ApiClient gp = take(SampleAccount.GP_ADMIN);
    assertThat(gp.get(GRADES).require(200).items()).isNotEmpty();

    ApiClient ms = take(SampleAccount.MS_ADMIN);

    assertThat(gp.get(GRADES).status()).isEqualTo(401);
    assertThat(ms.get(GRADES).require(200).items()).isNotEmpty();
    system.as(SampleAccount.EMPLOYEE).delete(SESSION);
    assertThat(ms.get(GRADES).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("Without a school taken an employee reads nothing at all")
  void withoutALeaseNothing() {
    system.as(SampleAccount.EMPLOYEE).delete(SESSION);

    assertThat(system.as(SampleAccount.EMPLOYEE).get(GRADES).status()).isEqualTo(404);
  }

  /** Takes the school of an admin, and signs in again so that the token carries the lease. */
  private ApiClient take(SampleAccount admin) {
    String school =
        system
            .as(admin)
            .get("/identity/v1/schools")
            .require(200)
            .items()
            .getJsonObject(0)
            .getString("id");
    system
        .as(SampleAccount.EMPLOYEE)
        .put(
            SESSION,
            new JsonObject().put("school", school).put("reason", "a question about an upload"))
        .require(200);
    return system.as(SampleAccount.EMPLOYEE);
  }
}
