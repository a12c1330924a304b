package uk.progressstream.identity.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.SampleSchool;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class ConsentTest {
  private Gateway gateway;
  private SampleSchool school;
  private String path;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
    path = "/schools/" + school.id() + "/consents/backup";
  }

  @Test
  void givenAndTakenBack() {
    assertThat(status("GET")).isEqualTo(404);
    assertThat(status("PUT")).isEqualTo(200);
    assertThat(status("PUT")).isEqualTo(200);
    assertThat(status("GET")).isEqualTo(200);
    assertThat(status("DELETE")).isEqualTo(204);
    assertThat(status("DELETE")).isEqualTo(204);
    assertThat(status("GET")).isEqualTo(404);

    assertThat(Outbox.events("consent.given", school.id())).hasSize(1);
    assertThat(Outbox.events("consent.withdrawn", school.id())).hasSize(1);
  }

  @Test
  void onlyTheOwnAdmins() {
    String other = SampleSchool.onboard(gateway).adminToken();
    String teacher = gateway.signIn(school.member("teacher"));
    for (String method : List.of("GET", "PUT", "DELETE")) {
      assertThat(gateway.send(method, path, other, "").statusCode()).isEqualTo(404);
      assertThat(gateway.send(method, path, teacher, "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void thereAreTwoPurposes() {
    String unknown = "/schools/" + school.id() + "/consents/marketing";

    assertThat(gateway.send("PUT", unknown, school.adminToken(), "").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("Consent to one purpose is none to the other, and taking one back leaves the other")
  void purposesAreApart() {
    String other = "/schools/" + school.id() + "/consents/prediction";
    assertThat(status("PUT")).isEqualTo(200);
    assertThat(gateway.get(other, school.adminToken()).statusCode()).isEqualTo(404);

    assertThat(gateway.send("DELETE", other, school.adminToken(), "").statusCode()).isEqualTo(204);
    assertThat(status("GET")).isEqualTo(200);

    assertThat(gateway.send("PUT", other, school.adminToken(), "").statusCode()).isEqualTo(200);
    assertThat(status("DELETE")).isEqualTo(204);
    assertThat(gateway.get(other, school.adminToken()).body()).contains("\"prediction\"");
  }

  private int status(String method) {
    return gateway.send(method, path, school.adminToken(), "").statusCode();
  }
}
