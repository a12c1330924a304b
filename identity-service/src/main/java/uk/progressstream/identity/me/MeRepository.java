package uk.progressstream.identity.me;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import uk.progressstream.identity.request.Stored;
import uk.progressstream.platform.database.ScopedCall;
import uk.progressstream.platform.scope.SealedScope;

/** The caller's own facts, and the schools in scope. */
@ApplicationScoped
public class MeRepository {
  private static final ScopedCall ME =
      ScopedCall.of(
          "(jsonb_set(entry.me(), '{schools}', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from"
              + " (select school_id as id, name, urn from school order by school_id limit 200)"
              + " s)) || jsonb_build_object('invitations',"
              + " (select count(*) from entry.my_invitations(null, 100))))::text",
          0);

  private final Stored stored;

  MeRepository(Stored stored) {
    this.stored = stored;
  }

  Uni<Facts> facts(SqlClient client, SealedScope scope) {
    return ME.run(client, scope, Tuple.tuple())
        .map(row -> stored.read(row.getString(0), Facts.class));
  }
}
