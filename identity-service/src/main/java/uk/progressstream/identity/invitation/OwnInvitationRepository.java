package uk.progressstream.identity.invitation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.invitation.OwnInvitation.Inviter;

/** The functions that tell and accept what was offered to the holder of the scope. */
@ApplicationScoped
public class OwnInvitationRepository {
  private static final String PAGE =
      "select id, school, name, urn, role, expires_at from entry.my_invitations($1, $2)";
  private static final String ACCEPT =
      "select school, role, since, fresh from entry.accept_invitation($1)";

  /** At most so many, in the order of their ids. */
  Uni<List<OwnInvitation>> page(SqlConnection connection, @Nullable UUID after, int atMost) {
    return connection
        .preparedQuery(PAGE)
        .execute(Tuple.of(after, atMost))
        .map(rows -> stream(rows).map(OwnInvitationRepository::invitation).toList());
  }

  /** Empty where nothing of this id was offered. */
  Uni<Optional<Accepted>> accept(SqlConnection connection, UUID id) {
    return connection
        .preparedQuery(ACCEPT)
        .execute(Tuple.of(id))
        .map(rows -> stream(rows).map(OwnInvitationRepository::accepted).findFirst());
  }

  private static Stream<Row> stream(Iterable<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  private static OwnInvitation invitation(Row row) {
    return new OwnInvitation(
        row.getUUID("id"),
        new Inviter(row.getUUID("school"), row.getString("name"), row.getString("urn")),
        row.getString("role"),
        row.getOffsetDateTime("expires_at"));
  }

  private static Accepted accepted(Row row) {
    return new Accepted(
        row.getUUID("school"),
        row.getString("role"),
        row.getOffsetDateTime("since"),
        row.getBoolean("fresh"));
  }

  /**
   * A role that the account has by accepting.
   *
   * @param fresh whether it was accepted just now
   */
  record Accepted(UUID school, String role, OffsetDateTime since, boolean fresh) {}
}
