package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = EarlierDatabase.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class UpgradeTest {

  @Test
  @DisplayName("A service starts over a database of an earlier version, and brings it up to date")
  void upgraded() throws SQLException {
    try (Connection database = TestKit.current().superuser();
        ResultSet last =
            database
                .createStatement()
                .executeQuery(
                    "select version::int < 100, success from flyway_schema_history"
                        + " order by installed_rank desc limit 1")) {
      assertThat(last.next()).isTrue();
      assertThat(last.getBoolean(1)).as("the platform's, behind those of the service").isTrue();
      assertThat(last.getBoolean(2)).isTrue();
    }
  }
}
