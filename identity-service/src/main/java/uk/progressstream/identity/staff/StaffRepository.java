package uk.progressstream.identity.staff;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uk.progressstream.platform.outbox.AuditEvent;

/** The function that brings the list to the bound entries; it demands identity's own scope. */
@ApplicationScoped
public class StaffRepository {
  private static final String BRING =
      "select change, account, school, concerns from entry.bring_staff($1)";

  /** What changed by it: nothing, where it was brought before. */
  Uni<List<Change>> bring(SqlConnection connection, JsonObject listed) {
    return connection
        .preparedQuery(BRING)
        .execute(Tuple.of(listed))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(StaffRepository::change)
                    .toList());
  }

  private static Change change(Row row) {
    return new Change(
        row.getString("change"),
        row.getUUID("account"),
        Optional.ofNullable(row.getUUID("school")).orElse(AuditEvent.COMPANY),
        row.getUUID("concerns"));
  }

  /**
   * Something that changed.
   *
   * @param kind as the log calls it, such as {@code staff.removed} or {@code lease.ended}
   * @param account the employee's
   * @param school in whose log it stands
   * @param concerns the lease, the errand, or the account itself
   */
  record Change(String kind, UUID account, UUID school, UUID concerns) {
    /** What kind of thing it is. */
    String resource() {
      return kind.substring(0, kind.indexOf('.'));
    }
  }
}
