package uk.progressstream.identity.errand;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.identity.grant.Cells;
import uk.progressstream.identity.grant.Grant;
import uk.progressstream.identity.seal.Deed;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.seal.Witness;
import uk.progressstream.identity.token.AccessToken;
import uk.progressstream.identity.token.AccessTokens;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.problem.Problem;

/** Issues errand scopes; each issue is a record in that school's log, or does not happen. */
@ApplicationScoped
public class ErrandService {
  private static final String ROLE = "errand";

  private final ScopedDatabase database;
  private final ErrandRepository repository;
  private final AccessTokens tokens;
  private final Witness witness;
  private final Clock clock = Clock.systemUTC();

  ErrandService(
      ScopedDatabase database, ErrandRepository repository, AccessTokens tokens, Witness witness) {
    this.database = database;
    this.repository = repository;
    this.tokens = tokens;
    this.witness = witness;
  }

  Uni<List<UUID>> schools(Caller caller) {
    return database.inScope(caller.scope(), repository::schools);
  }

  /** Issues one; fails with 404 for a school that is not there. */
  Uni<AccessToken> issue(Caller caller, UUID school, Errand errand) {
    return database.inScope(
        caller.scope(),
        connection ->
            repository
                .schools(connection)
                .invoke(schools -> requireThere(schools, school))
                .chain(() -> issue(connection, caller, school, errand)));
  }

  private Uni<AccessToken> issue(
      SqlConnection connection, Caller caller, UUID school, Errand errand) {
    AccessToken token =
        tokens.issue(
            OwnScopes.serviceAccount(errand.service()),
            grant(school, errand),
            clock.instant(),
            Set.of());
    Deed deed =
        Deed.of(
            "errand.issued",
            school,
            event ->
                event
                    .actor(caller)
                    .purpose(errand.purpose())
                    .resource("errand")
                    .concerns(token.id()));
    return witness.record(connection, caller.account(), List.of(deed)).replaceWith(token);
  }

  private static Grant grant(UUID school, Errand errand) {
    return new Grant(
        ROLE, errand.permissions(), Cells.wholeSchool(school), Optional.empty(), errand.purpose());
  }

  private static void requireThere(List<UUID> schools, UUID school) {
    if (!schools.contains(school)) {
      throw Problem.notFound();
    }
  }
}
