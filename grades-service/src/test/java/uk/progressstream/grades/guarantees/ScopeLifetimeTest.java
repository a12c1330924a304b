package uk.progressstream.grades.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.database.ScopedCall;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@Proves("D9")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class ScopeLifetimeTest {
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final int TRIES = 40;
  private static final String LOOK =
      "select pg_backend_pid(), coalesce(current_setting('ps.scope', true), ''),"
          + " coalesce(current_setting('ps.seal', true), '')";

  private static final ScopedCall SEEN =
      ScopedCall.of(
          "jsonb_build_object('backend', pg_backend_pid(), 'argument', $1::text,"
              + " 'scope', current_setting('ps.scope'), 'seal', current_setting('ps.seal'))",
          1);

  @Inject ScopedDatabase database;

  @Test
  @DisplayName(
      "After a transaction its connection holds no scope, whether it was committed or rolled back")
  void theScopeEndsWithTheTransaction() {
    SealedScope scope =
        TestKit.current()
            .tokens()
            .sealed(Tokens.schools(UUID.randomUUID(), Set.of(UUID.randomUUID()), "grades:read"));
    Set<Integer> used = new HashSet<>();
    Set<Integer> lookedAt = new HashSet<>();

    for (int i = 0; i < TRIES; i++) {
      used.add(inside(scope, i % 2 == 0));
      lookedAt.add(outside());
    }

    // Without a connection that was used and then looked at, the test would say nothing.
    assertThat(lookedAt).containsAnyElementsOf(used);
  }

  @Test
  @DisplayName("After a call that brings its scope along its connection holds none")
  void theScopeEndsWithTheCall() {
    SealedScope scope =
        TestKit.current()
            .tokens()
            .sealed(Tokens.schools(UUID.randomUUID(), Set.of(UUID.randomUUID()), "grades:read"));
    Set<Integer> used = new HashSet<>();
    Set<Integer> lookedAt = new HashSet<>();

    for (int i = 0; i < TRIES; i++) {
      used.add(called(scope));
      lookedAt.add(outside());
    }

    assertThat(lookedAt).containsAnyElementsOf(used);
  }

  private int called(SealedScope scope) {
    JsonObject seen =
        database
            .call(scope, client -> SEEN.run(client, scope, Tuple.of("x")))
            .await()
            .atMost(WITHIN)
            .getJsonObject(0);
    assertThat(seen.getString("scope")).isEqualTo(scope.text());
    assertThat(seen.getString("seal")).isEqualTo(scope.seal());
    assertThat(seen.getString("argument")).isEqualTo("x");
    return seen.getInteger("backend");
  }

  private int inside(SealedScope scope, boolean commit) {
    int[] backend = new int[1];
    Uni<Integer> work =
        database.inScope(scope, connection -> look(connection, scope, backend, commit));
    work.onFailure(Undo.class).recoverWithItem(0).await().atMost(WITHIN);
    return backend[0];
  }

  private static Uni<Integer> look(
      SqlConnection connection, SealedScope scope, int[] backend, boolean commit) {
    return connection
        .query(LOOK)
        .execute()
        .map(rows -> rows.iterator().next())
        .map(
            row -> {
              backend[0] = row.getInteger(0);
              assertThat(row.getString(1)).isEqualTo(scope.text());
              if (!commit) {
                throw new Undo();
              }
              return 1;
            });
  }

  private int outside() {
    return database
        .withoutScope(
            connection -> connection.query(LOOK).execute().map(rows -> rows.iterator().next()))
        .map(
            row -> {
              assertThat(row.getString(1)).isEmpty();
              assertThat(row.getString(2)).isEmpty();
              return row.getInteger(0);
            })
        .await()
        .atMost(WITHIN);
  }

  private static final class Undo extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
