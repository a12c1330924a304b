package uk.progressstream.breach;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import uk.progressstream.provisioning.testing.AuthorityContract;
import uk.progressstream.provisioning.testing.Holding;

@DisplayName("Authority in breach's database")
class BreachAuthorityTest extends AuthorityContract {
  @Override
  protected String service() {
    return "breach";
  }

  @Override
  protected void seed(Connection superuser, Holding school) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          school.fill(
              """
              insert into breach (id, aware_at, summary, window_from, window_to, opened_by, idempotency_key, request_hash)
                values ('{breach}', now(), 'S', now() - interval '1 day', now(), '{account}', '{breach}', repeat('0', 64));
              insert into scope_confirmation (school_id, breach_id, confirmed_by)
                values ('{school}', '{breach}', '{account}')
              """));
    }
  }

  @Override
  protected Map<String, Function<Holding, List<@Nullable String>>> calls() {
    return Map.of();
  }

  @Override
  protected Map<String, Function<Holding, Map<String, String>>> rows() {
    return Map.of(
        "public.breach",
        h ->
            Map.of(
                "id",
                h.made("breach").toString(),
                "aware_at",
                "2025-01-02",
                "summary",
                "S",
                "window_from",
                "2025-01-01",
                "window_to",
                "2025-01-02",
                "opened_by",
                h.account().toString(),
                "idempotency_key",
                h.made("key").toString(),
                "request_hash",
                "0".repeat(64)),
        "public.breach_suspect",
        h -> Map.of("breach_id", id(h, "breach"), "account", h.made("suspect").toString()),
        "public.step_completion",
        h ->
            Map.of(
                "breach_id", id(h, "breach"),
                "step", "scope",
                "completed_by", h.account().toString()),
        "public.finding",
        h ->
            Map.of(
                "id",
                h.made("finding").toString(),
                "breach_id",
                id(h, "breach"),
                "kind",
                "finding",
                "text",
                "a text",
                "found_by",
                h.account().toString(),
                "idempotency_key",
                "a key"),
        "public.scope_confirmation",
        h ->
            Map.of(
                "school_id", h.made("found school").toString(),
                "breach_id", id(h, "breach"),
                "confirmed_by", h.account().toString()));
  }

  /** Whoever has it manages breaches of all schools; nobody has it for one. */
  @Override
  protected Set<String> permissionsOfNobody() {
    return Set.of("breach:manage");
  }

  @Override
  protected Map<String, String> ofPeers() {
    return Map.of(
        "clock.sweep", "fires what is due, of the company's own breaches",
        "clock.open_by_alarm", "opens a breach of the company's own for an alarm of the log");
  }

  private static String id(Holding holding, String name) {
    return holding.id(name).toString();
  }
}
