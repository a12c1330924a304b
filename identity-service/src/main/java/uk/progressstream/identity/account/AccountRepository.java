package uk.progressstream.identity.account;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.identity.signin.AccountKey;
import uk.progressstream.identity.signin.Visitor;
import uk.progressstream.identity.staff.StaffEntry;
import uk.progressstream.platform.database.ScopedCall;
import uk.progressstream.platform.scope.SealedScope;

/** The functions for sign-in; they demand identity's own scope. */
@ApplicationScoped
public class AccountRepository {
  private static final ScopedCall STANDING =
      ScopedCall.of("entry.standing($1, $2, $3, $4, $5, $6)", 6);
  private static final String BIND =
      "select account, invitation, school, role from entry.bind($1, $2, $3, $4, $5, $6, $7)";
  private static final String BIND_STAFF = "select entry.bind_staff($1, $2, $3, $4, $5, $6)";

  Uni<Found> find(SqlClient client, SealedScope scope, Visitor visitor) {
    return STANDING
        .run(client, scope, proven(keyed(Tuple.tuple(), visitor.key()), visitor))
        .map(row -> FoundJson.read(row.get(JsonObject.class, 0)));
  }

  /**
   * Settles the invitations that fit: returns those that it bound; the others wait to be accepted.
   *
   * @param candidate the account's id, if it is new
   */
  Uni<List<Bound>> bind(SqlConnection connection, UUID candidate, Visitor visitor) {
    Tuple tuple = proven(keyed(Tuple.of(candidate), visitor.key()), visitor);
    return connection
        .preparedQuery(BIND)
        .execute(tuple)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(AccountRepository::bound)
                    .toList());
  }

  /** Binds an entry of the staff file, if nobody holds it. */
  Uni<Void> bindStaff(SqlConnection connection, UUID candidate, AccountKey key, StaffEntry entry) {
    Tuple tuple =
        keyed(Tuple.of(candidate), key)
            .addString(entry.key())
            .addArrayOfString(entry.permissions().stream().sorted().toArray(String[]::new));
    return connection.preparedQuery(BIND_STAFF).execute(tuple).replaceWithVoid();
  }

  private static Tuple keyed(Tuple tuple, AccountKey key) {
    return tuple.addString(key.provider().code()).addString(key.realm()).addString(key.subject());
  }

  private static Tuple proven(Tuple tuple, Visitor visitor) {
    return tuple
        .addArrayOfString(visitor.realms().toArray(String[]::new))
        .addArrayOfString(visitor.addresses().toArray(String[]::new))
        .addBoolean(visitor.machine());
  }

  private static Bound bound(Row row) {
    return new Bound(
        row.getUUID("account"),
        row.getUUID("invitation"),
        row.getUUID("school"),
        Role.of(row.getString("role")).orElseThrow());
  }
}
