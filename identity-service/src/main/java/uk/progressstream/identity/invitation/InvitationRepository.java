package uk.progressstream.identity.invitation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The statements on table {@code invitation}. */
@ApplicationScoped
public class InvitationRepository {
  private static final String ADD =
      """
      insert into invitation (school_id, invitation_id, provider, realm, address, role)
      values ($1, $2, $3, $4, $5, $6) on conflict (invitation_id) do nothing
      """;
  private static final String SELECT =
      """
      select school_id, invitation_id, provider, realm, address, role, invited_at, expires_at, account_id, bound_at,
        case when account_id is not null then 'bound' when revoked_at is not null then 'revoked'
          when expires_at <= now() then 'expired' else 'open' end as state
      from invitation where school_id = $1
      """;
  private static final String ONE = SELECT + " and invitation_id = $2";
  private static final String PAGE =
      SELECT + " and ($2::uuid is null or invitation_id > $2) order by invitation_id limit $3";
  private static final String REVOKE = "select entry.revoke_invitation($1, $2)";

  /** False where an invitation of this id is there, whichever school's. */
  Uni<Boolean> add(
      SqlConnection connection, UUID school, UUID id, Addressee addressee, String role) {
    return connection
        .preparedQuery(ADD)
        .execute(
            Tuple.of(
                school,
                id,
                addressee.provider().code(),
                addressee.realm(),
                addressee.address(),
                role))
        .map(rows -> rows.rowCount() == 1);
  }

  Uni<Optional<Invitation>> find(SqlConnection connection, UUID school, UUID id) {
    return connection
        .preparedQuery(ONE)
        .execute(Tuple.of(school, id))
        .map(rows -> list(rows).stream().findFirst());
  }

  /** At most so many, in the order of their ids. */
  Uni<List<Invitation>> page(
      SqlConnection connection, UUID school, @Nullable UUID after, int atMost) {
    return connection
        .preparedQuery(PAGE)
        .execute(Tuple.of(school, after, atMost))
        .map(InvitationRepository::list);
  }

  /**
   * Returns false if there is no such invitation, or it was accepted or revoked. Expired
   * invitations can be revoked.
   */
  Uni<Boolean> revoke(SqlConnection connection, UUID school, UUID id) {
    return connection
        .preparedQuery(REVOKE)
        .execute(Tuple.of(school, id))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private static List<Invitation> list(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(InvitationRepository::read).toList();
  }

  private static Invitation read(Row row) {
    return new Invitation(
        row.getUUID("invitation_id"),
        row.getUUID("school_id"),
        row.getString("role"),
        row.getString("provider"),
        row.getString("realm"),
        row.getString("address"),
        row.getString("state"),
        row.getOffsetDateTime("invited_at"),
        row.getOffsetDateTime("expires_at"),
        row.getUUID("account_id"),
        row.getOffsetDateTime("bound_at"));
  }
}
