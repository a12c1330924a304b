package uk.progressstream.system.running;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeSealer;
import uk.progressstream.platform.scope.ScopeText;

/**
 * Commits what was done, as a service does: in a transaction of the service's own role, under a
 * sealed scope of the school, by the outbox's own function.
 */
public final class OutboxWriter implements AutoCloseable {
  // As platform's ScopedCall: a transaction of its own that brings its scope along.
  private static final String APPEND =
      "select case when set_config('ps.scope', ?, true) is not null and set_config('ps.seal', ?, true)"
          + " is not null then outbox.append(?, ?, 'grades.read', ?) end";

  private final Connection connection;
  private final PreparedStatement append;
  private final ScopeSealer sealer;

  private OutboxWriter(Connection connection, ScopeSealer sealer) throws SQLException {
    this.connection = connection;
    this.sealer = sealer;
    this.append = connection.prepareStatement(APPEND);
  }

  /** In the database of this service. */
  public static OutboxWriter open(RunningSystem system, String service)
      throws SQLException, IOException {
    Connection connection = new Databases(system).connect(service);
    connection.createStatement().execute("set session authorization " + service + "_school");
    return new OutboxWriter(connection, sealer(system, service));
  }

  /**
   * Writes one event and commits it.
   *
   * @throws SQLException also where nobody knows whether it was committed
   */
  public void write(UUID id, UUID school) throws SQLException {
    String text = scope(school);
    append.setString(1, text);
    append.setString(2, sealer.seal(text));
    append.setObject(3, id);
    append.setObject(4, school);
    append.setString(5, body(UUID.randomUUID(), UUID.randomUUID()));
    append.executeQuery().close();
  }

  /** As grades writes it for a class list of 25. */
  public static String body(UUID actor, UUID classId) {
    return new JsonObject()
        .put("actor", actor.toString())
        .put("role", "teacher")
        .put("resource", "grades")
        .put("filter", new JsonObject().put("subject", "Mathematics"))
        .put("columns", new JsonArray().add("psId").add("kind").add("grade"))
        .put("classes", new JsonArray().add(classId.toString()))
        .put("rows", 25)
        .put("pupils", 25)
        .put("bytes", 2_150)
        .put("digest", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        .put("purpose", "teaching")
        .put("outcome", "allowed")
        .put("policyVersion", "1")
        .encode();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static ScopeSealer sealer(RunningSystem system, String service) throws IOException {
    JsonObject keys =
        new JsonObject(
                Files.readString(system.directory().resolve("secrets").resolve("seal-keys.json")))
            .getJsonObject(service);
    String id = keys.fieldNames().iterator().next();
    return ScopeSealer.of(Integer.parseInt(id), HexFormat.of().parseHex(keys.getString(id)));
  }

  private static String scope(UUID school) {
    return ScopeText.write(
        new Scope(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Instant.now().plus(5, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS),
            Optional.empty(),
            "teacher",
            Set.of("grades:read"),
            ScopeKind.SCHOOL,
            Set.of(school),
            Set.of()));
  }
}
