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
import uk.progressstream.platform.database.ScopedCall;
import uk.progressstream.platform.scope.SealedScope;

/** The functions for sign-in; they demand identity's own scope. */
@ApplicationScoped
public class AccountRepository {
  private static final ScopedCall STANDING = ScopedCall.of("entry.standing($1, $2, $3, $4)", 4);
  private static final String BIND =
      "select account, invitation, school, role from entry.bind($1, $2, $3, $4, $5)";
  private static final String BIND_STAFF =
      "select account, holder from entry.bind_staff($1, $2, $3, $4, $5)";

  Uni<Found> find(SqlClient client, SealedScope scope, Visitor visitor) {
    AccountKey key = visitor.key();
    Tuple tuple =
        Tuple.tuple()
            .addString(key.provider().code())
            .addString(key.realm())
            .addString(key.subject())
            .addArrayOfString(visitor.addresses().toArray(String[]::new));
    return STANDING
        .run(client, scope, tuple)
        .map(row -> FoundJson.read(row.get(JsonObject.class, 0)));
  }

  /** Those of the invitations that nobody else took up meanwhile. */
  Uni<List<Bound>> bind(
      SqlConnection connection, UUID candidate, AccountKey key, List<UUID> invitations) {
    Tuple tuple = keyed(candidate, key).addArrayOfUUID(invitations.toArray(UUID[]::new));
    return connection
        .preparedQuery(BIND)
        .execute(tuple)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(AccountRepository::bound)
                    .toList());
  }

  /** Whose the staff entry is now; the account itself comes with it. */
  Uni<StaffBinding> bindStaff(
      SqlConnection connection, UUID candidate, AccountKey key, String staffKey) {
    return connection
        .preparedQuery(BIND_STAFF)
        .execute(keyed(candidate, key).addString(staffKey))
        .map(rows -> rows.iterator().next())
        .map(row -> new StaffBinding(row.getUUID("account"), row.getUUID("holder")));
  }

  private static Tuple keyed(UUID candidate, AccountKey key) {
    return Tuple.tuple()
        .addUUID(candidate)
        .addString(key.provider().code())
        .addString(key.realm())
        .addString(key.subject());
  }

  private static Bound bound(Row row) {
    return new Bound(
        row.getUUID("account"),
        row.getUUID("invitation"),
        row.getUUID("school"),
        Role.of(row.getString("role")).orElseThrow());
  }

  /**
   * An account, and who holds the staff entry that it asked for: the two differ where it came
   * second.
   */
  record StaffBinding(UUID account, UUID holder) {}
}
