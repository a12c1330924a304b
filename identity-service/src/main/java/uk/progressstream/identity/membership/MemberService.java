package uk.progressstream.identity.membership;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.disclosure.Reading;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Who belongs to a school. */
@ApplicationScoped
public class MemberService {
  private final ScopedDatabase database;
  private final Disclosures disclosures;
  private final MemberRepository repository;
  private final Witness witness;

  MemberService(
      ScopedDatabase database,
      Disclosures disclosures,
      MemberRepository repository,
      Witness witness) {
    this.database = database;
    this.disclosures = disclosures;
    this.repository = repository;
    this.witness = witness;
  }

  /**
   * Ends a role: clusters that came with it are lost, and tokens that were issued until now are
   * refused. That there was none changes nothing; the last admin stays, with a 409 problem.
   */
  Uni<Void> end(Caller caller, UUID school, UUID account, Role role) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .end(connection, school, account, role.code())
                .chain(
                    outcome ->
                        record(
                            connection,
                            caller,
                            outcome,
                            ended(caller, school, account, role.code()))));
  }

  /**
   * The caller leaves a school, whatever the token is for: every role there ends, as above. Fails
   * with 404 where there is none, and with a 409 problem for the last admin.
   */
  Uni<Void> leave(Caller caller, UUID school) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .leave(connection, school)
                .map(roles -> roles.orElseThrow(MemberService::lastAdmin))
                .invoke(MemberService::orNotFound)
                .chain(roles -> recordAll(connection, caller, school, roles)));
  }

  /** A page; a cursor that no page gave is a 400 problem. */
  Uni<Page<Member>> page(Caller caller, UUID school, @Nullable String after, int limit) {
    Cursor cursor = Cursor.read(after);
    return disclosures.page(
        Reading.of(caller, "accounts.read", "accounts", school),
        connection ->
            repository
                .page(connection, school, cursor.account(), cursor.role(), limit + 1)
                .map(rows -> Page.of(rows, limit, Member::cursor)),
        Member::account);
  }

  private Uni<Void> record(SqlConnection connection, Caller caller, String outcome, Deed deed) {
    if (outcome.equals("last-admin")) {
      throw lastAdmin();
    }
    return outcome.equals("ended")
        ? witness.record(connection, caller.account(), List.of(deed))
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> recordAll(
      SqlConnection connection, Caller caller, UUID school, List<String> roles) {
    List<Deed> deeds =
        roles.stream().map(role -> ended(caller, school, caller.account(), role)).toList();
    return witness.record(connection, caller.account(), deeds);
  }

  private static Problem lastAdmin() {
    return Problem.conflict(
        "last-admin",
        "The last admin stays",
        "A school needs an admin: invite another first, or let the school leave.");
  }

  private static void orNotFound(List<String> roles) {
    if (roles.isEmpty()) {
      throw Problem.notFound();
    }
  }

  private static Deed ended(Caller caller, UUID school, UUID account, String role) {
    return Deed.of(
        "role.ended",
        school,
        event ->
            event
                .actor(caller)
                .resource("role")
                .filter(Map.of("account", account.toString(), "role", role)));
  }

  private record Cursor(@Nullable UUID account, @Nullable String role) {
    static Cursor read(@Nullable String after) {
      if (after == null) {
        return new Cursor(null, null);
      }
      String[] part = after.split("~", -1);
      try {
        if (part.length == 2) {
          return new Cursor(UUID.fromString(part[0]), part[1]);
        }
      } catch (IllegalArgumentException e) {
        // The same answer as for any other text.
      }
      throw Problem.badRequest(
          "bad-cursor", "Cursor not understood", "Send the value of next of the page before.");
    }
  }
}
