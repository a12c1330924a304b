package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every way to break a database's protection that the row-security test has to notice. */
final class Mutations {
  /** End of the label of a mutation that lets an id name two things. */
  static final String UNIQUE_NO_MORE = " is not unique over all schools";

  private static final String SEAL_CHECK_DROPPED =
      """
      create or replace function scope.fields() returns setof text[]
        language sql stable parallel safe rows 1
      begin atomic
        select f from string_to_array(nullif(current_setting('ps.scope', true), ''), '|') as f
        where f[4]::bigint > extract(epoch from clock_timestamp());
      end
      """;

  private static final String EXPIRY_CHECK_DROPPED =
      """
      create or replace function scope.fields() returns setof text[]
        language sql stable parallel safe rows 1
      begin atomic
        select string_to_array(current_setting('ps.scope', true), '|') from scope.seal_key as k
        where nullif(current_setting('ps.seal', true), '')
          = k.id::text || '.' || encode(crypto.hmac(
              convert_to(current_setting('ps.scope', true), 'UTF8'), k.secret, 'sha256'), 'hex');
      end
      """;

  private static final String ISOLATION_CHECK =
      "AND (current_setting('transaction_isolation'::text) = 'read committed'::text)";

  private final Connection superuser;
  private final String service;

  Mutations(Connection superuser, String service) {
    this.superuser = superuser;
    this.service = service;
  }

  List<Mutation> all(List<DataTable> tables) {
    List<Mutation> all = new ArrayList<>();
    String genuine = definition();
    all.add(new Mutation("the seal is not checked", Optional.empty(), SEAL_CHECK_DROPPED, genuine));
    all.add(
        new Mutation("the expiry is not checked", Optional.empty(), EXPIRY_CHECK_DROPPED, genuine));
    all.add(
        new Mutation(
            "the isolation is not checked",
            Optional.empty(),
            genuine.replace(ISOLATION_CHECK, ""),
            genuine));
    all.addAll(idsNotUnique());
    for (DataTable table : tables) {
      all.add(rowSecurityOff(table));
      all.add(notForced(table));
      all.addAll(widenedPolicies(table));
    }
    return all;
  }

  private String definition() {
    return Sql.column(superuser, "select pg_get_functiondef('scope.fields()'::regprocedure)")
        .get(0);
  }

  /**
   * Ids of schools' rows that are unique within their school alone, where no other table needs
   * more.
   */
  private List<Mutation> idsNotUnique() {
    return Sql.column(
            superuser,
            """
            select k.conrelid::regclass || ' ' || k.conname || ' ' || quote_ident(a.attname) || ' '
              || pg_get_constraintdef(k.oid) from pg_constraint k
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] and a.attname <> 'school_id'
            where k.contype in ('p', 'u') and cardinality(k.conkey) = 1 and a.atttypid = 'uuid'::regtype
              and exists (select from pg_attribute s where s.attrelid = k.conrelid and s.attname = 'school_id')
              and k.connamespace = 'public'::regnamespace
              and not exists (select from pg_constraint f where f.contype = 'f' and f.conindid = k.conindid)
            order by 1
            """)
        .stream()
        .map(line -> line.split(" ", 4))
        .map(key -> idNotUnique(key[0], key[1], key[2], key[3]))
        .toList();
  }

  private static Mutation idNotUnique(String table, String key, String id, String genuine) {
    String replace = "alter table " + table + " drop constraint " + key + ", add constraint " + key;
    return new Mutation(
        id + " of " + table + UNIQUE_NO_MORE,
        Optional.empty(),
        replace + " unique (school_id, " + id + ")",
        replace + " " + genuine);
  }

  private static Mutation rowSecurityOff(DataTable table) {
    return new Mutation(
        table.label() + " has its row security disabled",
        Optional.of(table),
        "alter table " + table.sql() + " disable row level security",
        "alter table " + table.sql() + " enable row level security");
  }

  private static Mutation notForced(DataTable table) {
    return new Mutation(
        table.label() + " has its FORCE dropped",
        Optional.of(table),
        "alter table " + table.sql() + " no force row level security",
        "alter table " + table.sql() + " force row level security");
  }

  /** Policies of the roles that work at run time; one that is wide by design can't be widened. */
  private List<Mutation> widenedPolicies(DataTable table) {
    String roles =
        Arrays.stream(AttackedDatabase.intruders())
            .map(role -> role.of(service))
            .collect(Collectors.joining(","));
    List<String> names =
        Sql.column(
            superuser,
            "select policyname from pg_policies where schemaname = ? and tablename = ?"
                + " and roles && string_to_array(?, ',')::name[]"
                + " and not (coalesce(qual, 'true') = 'true' and coalesce(with_check, 'true') = 'true')",
            table.schema(),
            table.name(),
            roles);
    return names.stream().map(name -> widened(table, name)).toList();
  }

  private Mutation widened(DataTable table, String policy) {
    Optional<String> using = expression("qual", table, policy);
    Optional<String> check = expression("with_check", table, policy);
    String alter = "alter policy \"" + policy + "\" on " + table.sql();
    String wide = clauses(using.map(e -> "true"), check.map(e -> "true"));
    return new Mutation(
        "policy " + policy + " on " + table.label() + " is widened",
        Optional.of(table),
        alter + wide,
        alter + clauses(using, check));
  }

  private Optional<String> expression(String column, DataTable table, String policy) {
    return Sql.column(
            superuser,
            "select "
                + column
                + " from pg_policies where "
                + column
                + " is not null"
                + " and schemaname = ? and tablename = ? and policyname = ?",
            table.schema(),
            table.name(),
            policy)
        .stream()
        .findFirst();
  }

  private static String clauses(Optional<String> using, Optional<String> check) {
    return using.map(e -> " using (" + e + ")").orElse("")
        + check.map(e -> " with check (" + e + ")").orElse("");
  }
}
