package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.progressstream.platform.startup.DatabaseGuard;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@Proves("D9")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class DatabaseGuardTest {
  @Inject DatabaseGuard guard;

  @Test
  @DisplayName("A database as provisioned lets the service start")
  void noFault() {
    assertThat(guard.faults()).isEmpty();
  }

  @ParameterizedTest(name = "A service refuses to start after: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "alter role grades_school superuser | alter role grades_school nosuperuser",
        "alter role grades_class bypassrls | alter role grades_class nobypassrls",
        "alter role grades_relay createrole | alter role grades_relay nocreaterole",
        "grant grades_owner to grades_school | revoke grades_owner from grades_school",
        "grant grades_keeper to grades_class | revoke grades_keeper from grades_class",
        "alter table grade no force row level security | alter table grade force row level security",
        "alter table grade disable row level security | alter table grade enable row level security",
        "alter table grade owner to grades_class | alter table grade owner to grades_owner",
        "create table stray (id uuid) | drop table stray"
      })
  void everyFaultIsSeen(String breakIt, String mendIt) throws SQLException {
    try (Connection superuser = TestKit.current().superuser()) {
      superuser.createStatement().execute(breakIt);
      try {
        assertThat(guard.faults()).isNotEmpty();
      } finally {
        superuser.createStatement().execute(mendIt);
      }
    }
    assertThat(guard.faults()).isEmpty();
  }
}
