package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every service's database has: the functions of the scope, and the outbox. */
final class Plumbing {
  /** Something for the scope's functions to be asked about. */
  static final String PERMISSION = "nothing:ask";

  private Plumbing() {}

  static Map<String, Function<Holding, List<@Nullable String>>> calls() {
    Map<String, Function<Holding, List<@Nullable String>>> calls = new LinkedHashMap<>();
    for (String of : List.of("schools", "cells", "classes", "class_schools", "permits")) {
      calls.put("scope." + of, holding -> List.of(PERMISSION));
    }
    calls.put("scope.any_schools", holding -> List.of());
    calls.put("scope.account", holding -> List.of());
    calls.put(
        "outbox.append",
        holding -> List.of(event(holding), holding.school().toString(), "sample.made", "{}"));
    calls.put(
        "outbox.append_all",
        holding ->
            List.of(
                "{" + event(holding) + "}",
                "{" + holding.school() + "}",
                "{sample.made}",
                "{\"{}\"}"));
    return calls;
  }

  static Map<String, String> ofPeers() {
    return Map.of(
        "outbox.renumber", "the relay carries every school's events, and reads them all anyway");
  }

  static Map<String, String> byDesign() {
    Map<String, String> byDesign = new LinkedHashMap<>();
    for (String whose : List.of("another school", "a school that left")) {
      for (String role : List.of("school", "class")) {
        byDesign.put(
            "outbox.append by the role for %s, event_id of %s: is answered otherwise than for an unknown id"
                .formatted(role, whose),
            "an event's id is one over all schools (docs/adr/0010)");
        byDesign.put(
            "outbox.append_all by the role for %s, event_ids of %s: is answered otherwise than for an unknown id"
                .formatted(role, whose),
            "an event's id is one over all schools (docs/adr/0010)");
      }
    }
    return byDesign;
  }

  static void seed(Connection superuser, Holding school) {
    Sql.run(
        superuser,
        """
        insert into outbox.sequence values ('%1$s', 1);
        insert into outbox.event (id, school_id, sequence, kind, occurred_at, body)
          values ('%2$s', '%1$s', 1, 'sample.made', now(), '{}')
        """
            .formatted(school.school(), school.id("event")));
  }

  /** Every scope is one of another school as well. */
  static AuthorityContract.Break scopeOfEverySchool(Connection superuser, Holding other) {
    String genuine =
        Sql.column(superuser, "select pg_get_functiondef('scope.any_schools()'::regprocedure)")
            .get(0);
    return new AuthorityContract.Break(
        "a scope touches another school, too",
        """
        create or replace function scope.any_schools() returns uuid[]
          language sql stable parallel safe security definer
        begin atomic
          select array['%s'::uuid];
        end
        """
            .formatted(other.school()),
        genuine);
  }

  private static String event(Holding holding) {
    return holding.made("event").toString();
  }
}
