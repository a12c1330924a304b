package uk.progressstream.identity.membership;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The statements on table {@code membership}. */
@ApplicationScoped
public class MemberRepository {
  private static final String END = "select entry.end_membership($1, $2, $3)";
  private static final String LEAVE = "select entry.leave_school($1)";
  private static final String PAGE =
      """
      select school_id, account_id, role, since, invitation_id from membership
      where school_id = $1 and ($2::uuid is null or (account_id, role) > ($2, $3))
      order by account_id, role limit $4
      """;

  /** {@code ended}, {@code none} or {@code last-admin}. */
  Uni<String> end(SqlConnection connection, UUID school, UUID account, String role) {
    return connection
        .preparedQuery(END)
        .execute(Tuple.of(school, account, role))
        .map(rows -> rows.iterator().next().getString(0));
  }

  /** The roles of the scope's account that ended; empty for a school's last admin. */
  Uni<Optional<List<String>>> leave(SqlConnection connection, UUID school) {
    return connection
        .preparedQuery(LEAVE)
        .execute(Tuple.of(school))
        .map(rows -> Optional.ofNullable(rows.iterator().next().getArrayOfStrings(0)))
        .map(roles -> roles.map(List::of));
  }

  /** At most so many, in the order of account and role. */
  Uni<List<Member>> page(
      SqlConnection connection,
      UUID school,
      @Nullable UUID afterAccount,
      @Nullable String afterRole,
      int atMost) {
    return connection
        .preparedQuery(PAGE)
        .execute(Tuple.of(school, afterAccount, afterRole, atMost))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(MemberRepository::read)
                    .toList());
  }

  private static Member read(Row row) {
    return new Member(
        row.getUUID("account_id"),
        row.getUUID("school_id"),
        row.getString("role"),
        row.getOffsetDateTime("since"),
        row.getUUID("invitation_id"));
  }
}
