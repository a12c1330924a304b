package uk.progressstream.audit;

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

@DisplayName("Authority in audit's database")
class AuditAuthorityTest extends AuthorityContract {
  private static final String POLICIES =
      """
      ;
      alter policy clerk_finds on record using %1$s;
      alter policy clerk_erases on record using %1$s with check %1$s;
      alter policy clerk_removes on touch using %1$s
      """;

  @Override
  protected String service() {
    return "audit";
  }

  @Override
  protected void seed(Connection superuser, Holding school) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          school.fill(
              """
              insert into record (school_id, id, leaf_index, source, sequence, kind, occurred_at, outcome, actor, body)
                values ('{school}', '{record}', 0, 'grades', 1, 'grades.read', '2025-01-01', 'allowed', '{account}',
                  '{}');
              insert into inbox (school_id, id, source, sequence, leaf_index) values ('{school}', '{record}', 'grades', 1, 0);
              insert into seen_checkpoint (school_id, size, root, note, fits, seen_by)
                values ('{school}', 1, 'x', 'x', true, '{account}');
              insert into refusal (school_id, id, rule) values ('{school}', '{record}', 'bad-value')
              """));
    }
  }

  @Override
  protected Map<String, Function<Holding, List<@Nullable String>>> calls() {
    return Map.of(
        "log.erase",
        h -> List.of(h.id("record").toString()),
        "log.touches",
        h -> List.of("2000-01-01", "2100-01-01", h.account().toString(), h.school().toString()),
        "log.errand_touches",
        h -> List.of("2000-01-01", "2100-01-01", h.account().toString(), h.school().toString()),
        "log.raise_alarm",
        h -> List.of());
  }

  @Override
  protected Map<String, Function<Holding, Map<String, String>>> rows() {
    return Map.of(
        "public.seen_checkpoint",
        h ->
            h.row(
                "size",
                "2",
                "root",
                "x",
                "note",
                "x",
                "fits",
                "true",
                "seen_by",
                h.account().toString(),
                "seen_at",
                "2025-01-01"));
  }

  @Override
  protected Set<String> permissionsOfNobody() {
    return Set.of("audit:blast-radius");
  }

  @Override
  protected Map<String, String> ofPeers() {
    String append =
        "the log takes every school's events, from peers by their certificates, and gives none back";
    return Map.of(
        "log.take_turn", append,
        "log.append", append,
        "log.publish", "hashes and signatures, which are public",
        "log.cosign", "hashes and signatures, which are public",
        "log.note_refusals", append,
        "log.receipts", "positions alone, to the service that sent the events",
        "log.alarms", "when, and an id of the alarm; not of which school");
  }

  /** Two protections stand in each other's way; both are broken. */
  @Override
  protected List<Break> breaks() {
    String genuine = "(school_id = any ((select scope.schools('audit:erase'))::uuid[]))";
    Break function =
        Break.ofFunction(
            "a record is erased by whoever has its id",
            "log.erase(uuid)",
            "r.school_id = any (scope.schools('audit:erase'))",
            "scope.permits('audit:erase')");
    return List.of(
        new Break(
            function.label(),
            function.breakIt() + POLICIES.formatted("(true)"),
            function.mendIt() + POLICIES.formatted(genuine)));
  }
}
