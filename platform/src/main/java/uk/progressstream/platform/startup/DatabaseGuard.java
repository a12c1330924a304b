package uk.progressstream.platform.startup;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Refuses to start where the database would not hold what the policy promises: a role that is a
 * superuser, bypasses row security, may make roles, or owns anything or inherits an owner; a data
 * table without forced row security.
 */
@ApplicationScoped
public class DatabaseGuard {
  /** A machine on which all starts at once gives nobody a connection in the usual five seconds. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(500);

  private static final String STRONG_ROLE =
      """
      select 'role ' || current_user || ' is too strong' as fault from pg_roles r
      where r.rolname = current_user
        and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)
      union all
      select 'role ' || current_user || ' owns ' || c.relname from pg_class c
      where pg_get_userbyid(c.relowner) = current_user
      union all
      select 'role ' || current_user || ' is a member of ' || r.rolname from pg_roles r
      where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member')
      """;

  private static final String OPEN_TABLE =
      """
      select 'table ' || n.nspname || '.' || c.relname || ' has no forced row security' as fault
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
        and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'scope', 'outbox')
        and c.relname <> 'flyway_schema_history'
      """;

  private final List<Pool> pools;

  DatabaseGuard(
      @ReactiveDataSource("school") Pool school,
      @ReactiveDataSource("class") Pool schoolClass,
      @ReactiveDataSource("relay") Pool relay) {
    this.pools = List.of(school, schoolClass, relay);
  }

  /** Runs before anything else of ours; migrations are over by then. */
  void check(@Observes @Priority(1) StartupEvent event) {
    List<String> faults = faults();
    if (!faults.isEmpty()) {
      throw new IllegalStateException("refusing to start: " + String.join("; ", faults));
    }
  }

  /** What is wrong with the database's roles and tables; blocks up to a minute a query. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (Pool pool : pools) {
      faults.addAll(faults(pool, STRONG_ROLE));
    }
    faults.addAll(faults(pools.get(0), OPEN_TABLE));
    return faults;
  }

  private static List<String> faults(Pool pool, String sql) {
    RowSet<Row> rows =
        pool.query(sql)
            .execute()
            .onFailure()
            .retry()
            .withBackOff(ASK_AGAIN_AFTER, ASK_AGAIN_AFTER)
            .expireIn(ANSWER_WITHIN.toMillis())
            .await()
            .atMost(ANSWER_WITHIN);
    return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString(0)).toList();
  }
}
