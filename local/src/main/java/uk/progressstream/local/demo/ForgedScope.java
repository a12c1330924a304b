package uk.progressstream.local.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Properties;
import org.postgresql.Driver;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.issuer.SampleAccount;

/** Somebody has the grades service's own database password and certificate. */
final class ForgedScope implements Chapter {
  @Override
  public String title() {
    return "The grades service's own database role tries scopes that it made itself, in SQL";
  }

  @Override
  public String clauses() {
    return "D9";
  }

  @Override
  public String tell(World world) throws IOException {
    JsonObject claims = claims(world.as(SampleAccount.GP_TEACHER).token());
    String genuine = claims.getString("ps_scope");
    String seal = claims.getJsonObject("ps_seals").getString("grades");
    String[] field = genuine.split("\\|", -1);
    field[7] = "school";
    field[8] = world.school("GP").id() + "," + world.school("MS").id();
    String widened = String.join("|", field);
    try (Connection connection = connect(world.run())) {
      nothing(connection, "", "", "no scope");
      nothing(connection, widened, "", "a scope without a seal");
      nothing(connection, widened, "1." + "0".repeat(64), "an invented seal");
      nothing(connection, widened, seal, "a genuine seal under a widened scope");
      superuserIsOutOfReach(connection);
    } catch (SQLException e) {
      throw new Failure("the database refused what should have been tried: " + e.getMessage(), e);
    }
    return "no scope, no seal, invented seal, a teacher's seal on a wider scope: 0 rows each";
  }

  private static void nothing(Connection connection, String scope, String seal, String what)
      throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement set =
        connection.prepareStatement(
            "select set_config('ps.scope', ?, true), set_config('ps.seal', ?, true)")) {
      set.setString(1, scope);
      set.setString(2, seal);
      set.execute();
    }
    try (PreparedStatement count = connection.prepareStatement("select count(*) from grade");
        ResultSet rows = count.executeQuery()) {
      rows.next();
      World.check(rows.getLong(1) == 0, what + " reads " + rows.getLong(1) + " rows");
    }
    connection.rollback();
  }

  private static void superuserIsOutOfReach(Connection connection) {
    try (PreparedStatement escape = connection.prepareStatement("set role provisioner")) {
      escape.execute();
      throw new Failure("the service's role became the superuser");
    } catch (SQLException refused) {
      // As it should be.
    }
  }

  private static JsonObject claims(String token) {
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    return new JsonObject(new String(payload, StandardCharsets.UTF_8));
  }

  private static Connection connect(RunFile run) throws SQLException {
    JsonObject service = run.service("grades");
    JsonObject database = service.getJsonObject("database");
    JsonObject postgres = run.json().getJsonObject("postgres");
    Properties properties = new Properties();
    properties.setProperty("user", database.getString("appUser"));
    properties.setProperty("password", database.getString("appPassword"));
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", run.authority().toString());
    properties.setProperty("sslcert", service.getString("clientCertificate"));
    // The JDBC driver wants the key as DER; it lies beside the PEM.
    properties.setProperty("sslkey", service.getString("clientKey").replaceAll("\\.key$", ".pk8"));
    return new Driver()
        .connect(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(
                    postgres.getString("host"),
                    postgres.getInteger("port"),
                    database.getString("name")),
            properties);
  }
}
