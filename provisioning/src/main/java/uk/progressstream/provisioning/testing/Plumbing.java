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

  /** The relay ends what others began, each in the school of its own beginning and nowhere else. */
  private static final String ENDS =
      "the relay ends every download, in the school and with the words of its beginning";

  private static final String CHANGES =
      ": changes outbox.event, outbox.open_download, outbox.sequence of ";

  private Plumbing() {}

  static Map<String, Function<Holding, List<@Nullable String>>> calls() {
    Map<String, Function<Holding, List<@Nullable String>>> calls = new LinkedHashMap<>();
    for (String of : List.of("schools", "cells", "classes", "class_schools", "permits")) {
      calls.put("scope." + of, holding -> List.of(PERMISSION));
    }
    calls.put("scope.any_schools", holding -> List.of());
    calls.put("scope.account", holding -> List.of());
    calls.put("scope.expires_at", holding -> List.of());
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
    calls.put(
        "outbox.begin_download",
        holding ->
            List.of(
                "{" + event(holding) + "}",
                "{" + holding.school() + "}",
                "sample.read",
                "{\"{}\"}"));
    calls.put(
        "outbox.end_download",
        holding ->
            List.of("{" + holding.id("download") + "}", "{\"{\\\"outcome\\\": \\\"cut\\\"}\"}"));
    calls.put("outbox.sweep_downloads", holding -> List.of("0"));
    calls.put("outbox.take_turn", holding -> List.of());
    calls.put("outbox.purge", holding -> List.of());
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
        for (String id :
            List.of("append %s event_id", "append_all %s event_ids", "begin_download %s records")) {
          byDesign.put(
              "outbox."
                  + id.formatted("by the role for " + role + ",")
                  + " of "
                  + whose
                  + ": is answered otherwise than for an unknown id",
              "an event's id is one over all schools (docs/adr/0010)");
        }
      }
      String end = "outbox.end_download by the role for relay, records of " + whose;
      byDesign.put(end + CHANGES + whose, ENDS);
      byDesign.put(end + ": is answered otherwise than for an unknown id", ENDS);
      String sweep = "outbox.sweep_downloads by the role for relay, as it is";
      byDesign.put(sweep + CHANGES + whose, ENDS);
      byDesign.put(
          "outbox.purge by the role for relay, as it is: changes outbox.event of " + whose,
          "what the log holds needs no copy here, whichever school's it is");
      byDesign.put(sweep + ": sees " + whose + " afterwards", "the relay reads every event");
    }
    return byDesign;
  }

  static void seed(Connection superuser, Holding school) {
    Sql.run(
        superuser,
        """
        insert into outbox.sequence values ('%1$s', 1);
        insert into outbox.event (id, school_id, sequence, kind, occurred_at, body)
          values ('%2$s', '%1$s', 1, 'sample.made', now(), '{}');
        insert into outbox.event (id, school_id, sequence, kind, occurred_at, body, position)
          values ('%5$s', '%1$s', 0, 'sample.made', now() - interval '2 hours', '{}', 0);
        insert into outbox.open_download (record, school_id, kind, body, ends_by)
          values ('%3$s', '%1$s', 'sample.read.ended', '{}', now() + interval '1 day'),
            ('%4$s', '%1$s', 'sample.read.ended', '{}', now() - interval '1 day')
        """
            .formatted(
                school.school(),
                school.id("event"),
                school.id("download"),
                school.id("download that is over"),
                school.id("event that the log holds")));
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
