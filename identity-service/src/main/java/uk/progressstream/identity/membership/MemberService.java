package uk.progressstream.identity.membership;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.page.Page;
import uk.progressstream.platform.problem.Problem;

/** Who belongs to a school. */
@ApplicationScoped
public class MemberService {
  private final ScopedDatabase database;
  private final MemberRepository repository;

  MemberService(ScopedDatabase database, MemberRepository repository) {
    this.database = database;
    this.repository = repository;
  }

  /** A page; a cursor that no page gave is a 400 problem. */
  Uni<Page<Member>> page(Caller caller, UUID school, @Nullable String after, int limit) {
    Cursor cursor = Cursor.read(after);
    return database
        .inScope(
            caller.scope(),
            connection ->
                repository.page(connection, school, cursor.account(), cursor.role(), limit + 1))
        .map(rows -> Page.of(rows, limit, Member::cursor));
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
