package uk.progressstream.provisioning.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Rules that hold in every service's database; each is a query for what breaks it. */
final class CatalogueRules {
  static final String FORCED = "every data table has forced row security";
  static final String KEYS =
      "every unique and foreign key of a school's table starts with the school, or is one id alone";
  static final String IDS = "every id that names one thing is unique over all schools";

  private CatalogueRules() {}

  static Map<String, String> all(String tables, String roles) {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put(FORCED, forced(tables));
    rules.put(KEYS, keys(tables));
    rules.put(IDS, ids(tables));
    rules.put("no role that works at run time is strong, owns or inherits anything", strong(roles));
    rules.put(
        "no role that works at run time has TRUNCATE, REFERENCES or TRIGGER",
        sideDoors(tables, roles));
    rules.put("no role that works at run time can lock a table", locks(roles));
    rules.put(
        "no role that works at run time calls what reaches beyond its own statement",
        farReaching(roles));
    rules.put("no role that works at run time changes the structure", structure());
    rules.put("no role that works at run time has connections or disk without end", ends(roles));
    rules.put("the role for classes only reads", classWrites(tables, roles));
    rules.put("nobody but its keeper reaches the seal key", sealKey(roles));
    rules.put("only the relay sees the outbox, and it sees nothing else", outbox(tables, roles));
    rules.put("no policy is for everybody", publicPolicies());
    rules.put(
        "no SECURITY DEFINER function is open to everybody or follows the caller's search path",
        definers());
    rules.put("no view or materialised view goes round row security", views());
    rules.put("no key is a sequence", sequences());
    return rules;
  }

  private static String forced(String tables) {
    return "select t.nspname || '.' || t.relname from ("
        + tables
        + ") t join pg_class c on c.oid = t.oid where not (c.relrowsecurity and c.relforcerowsecurity)";
  }

  /**
   * Both ends of a foreign key; an index without a constraint, too, is checked past row security.
   * The one exception (docs/adr/0010) is an index over one UUID and nothing else, whatever the row:
   * all that its check can tell is that somebody has the id, and nobody comes upon one by guessing.
   */
  private static String keys(String tables) {
    return """
        with school as (
          select t.oid, t.relname, a.attnum from (%s) t
          join pg_attribute a on a.attrelid = t.oid and a.attname = 'school_id'
        )
        select s.relname || ': ' || i.indexrelid::regclass from school s
        join pg_index i on i.indrelid = s.oid
        where i.indisunique and i.indkey[0] <> s.attnum
          and not (i.indnatts = 1 and i.indpred is null and exists (
            select from pg_attribute a where a.attrelid = s.oid and a.attnum = i.indkey[0]
              and a.atttypid = 'uuid'::regtype and a.attnotnull))
        union all
        select s.relname || ': ' || k.conname from school s
        join pg_constraint k on k.conrelid = s.oid and k.contype = 'f'
        where k.conkey[1] <> s.attnum
        """
        .formatted(tables);
  }

  /**
   * An id names one thing where a school and it are a key, or where the database draws it; unless a
   * foreign key says that it is another thing's id.
   */
  private static String ids(String tables) {
    return """
        with school as (
          select t.oid, t.relname, a.attnum from (%s) t
          join pg_attribute a on a.attrelid = t.oid and a.attname = 'school_id'
        ), named as (
          select s.oid, s.relname, a.attnum, a.attname from school s
          join pg_attribute a on a.attrelid = s.oid and a.attnum > 0 and a.atttypid = 'uuid'::regtype
            and a.attnum <> s.attnum
          left join pg_attrdef d on d.adrelid = s.oid and d.adnum = a.attnum
          where pg_get_expr(d.adbin, d.adrelid) like '%%gen_random_uuid%%'
            or exists (
              select from pg_index i where i.indrelid = s.oid and i.indisunique and i.indnatts = 2
                and i.indkey[0] = s.attnum and i.indkey[1] = a.attnum)
        )
        select n.relname || ': ' || n.attname from named n
        where not exists (
            select from pg_index i where i.indrelid = n.oid and i.indisunique and i.indnatts = 1
              and i.indkey[0] = n.attnum and i.indpred is null)
          and not exists (
            select from pg_constraint k where k.conrelid = n.oid and k.contype = 'f'
              and n.attnum = any (k.conkey))
        """
        .formatted(tables);
  }

  private static String structure() {
    return """
        select 'nothing refuses it' where not exists (
          select from pg_event_trigger t join pg_proc p on p.oid = t.evtfoid
          where t.evtevent = 'ddl_command_start' and t.evtenabled = 'O' and t.evttags is null
            and pg_get_userbyid(t.evtowner) in (select rolname from pg_roles where rolsuper)
            and p.prosrc like '%_(school|class|relay)$%')
        """;
  }

  private static String ends(String roles) {
    return """
        select rolname from pg_roles where rolname in (%1$s) and (
          rolconnlimit not between 1 and 100 or not exists (
            select from pg_db_role_setting s, unnest(s.setconfig) as c (line)
            where s.setrole = pg_roles.oid and c.line like 'temp_file_limit=%%'))
        """
        .formatted(roles);
  }

  private static String strong(String roles) {
    return """
        select rolname || ' is strong' from pg_roles where rolname in (%1$s)
          and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
        union all
        select r.rolname || ' owns ' || d.objid from pg_shdepend d
          join pg_roles r on r.oid = d.refobjid where d.deptype = 'o' and r.rolname in (%1$s)
        union all
        select m.rolname || ' is a member of ' || g.rolname from pg_auth_members am
          join pg_roles m on m.oid = am.member join pg_roles g on g.oid = am.roleid
          where m.rolname in (%1$s)
        """
        .formatted(roles);
  }

  private static String sideDoors(String tables, String roles) {
    return "select r.rolname || ' on ' || t.relname from ("
        + tables
        + ") t cross join pg_roles r where r.rolname in ("
        + roles
        + ") and has_table_privilege(r.rolname, t.oid, 'TRUNCATE, REFERENCES, TRIGGER, MAINTAIN')";
  }

  /**
   * Who may update, delete or truncate a whole table, or maintain it, may lock it against everybody
   * (<a href="https://www.postgresql.org/docs/current/sql-lock.html">LOCK</a>); who may read it or
   * add to it can hold up no more than what changes the table itself.
   */
  private static String locks(String roles) {
    return """
        select r.rolname || ' on ' || c.oid::regclass from pg_roles r
          join pg_class c on c.relkind in ('r', 'p') and c.relnamespace <> 'pg_catalog'::regnamespace
          where r.rolname in (%s)
            and has_table_privilege(r.rolname, c.oid, 'UPDATE, DELETE, TRUNCATE, MAINTAIN')
        """
        .formatted(roles);
  }

  /**
   * Functions that are not ours and do more than compute: with locks under any name, signals to
   * sessions, snapshots and large objects a role could hold the database up or keep what no policy
   * sees. SQL cannot call what takes or gives an internal type.
   */
  private static String farReaching(String roles) {
    return """
        select distinct r.rolname || ' calls ' || p.oid::regprocedure from pg_roles r
          join pg_proc p on p.provolatile = 'v'
          join pg_namespace n on n.oid = p.pronamespace
          where r.rolname in (%s)
            and (n.nspname ~ '^pg_' or n.nspname in ('crypto', 'information_schema'))
            and has_function_privilege(r.rolname, p.oid, 'EXECUTE')
            and has_schema_privilege(r.rolname, n.oid, 'USAGE')
            and 'internal'::regtype <> all (p.proargtypes)
            and not exists (select from pg_type t where t.oid = p.prorettype and t.typtype = 'p'
              and t.typname not in ('void', 'record', 'anyelement', 'anyarray'))
            and p.proname not in ('clock_timestamp', 'current_query', 'gen_random_uuid', 'pg_sleep',
              'pg_sleep_for', 'pg_sleep_until', 'random', 'random_normal', 'set_config', 'setseed',
              'timeofday', 'uuidv4', 'uuidv7')
        """
        .formatted(roles);
  }

  private static String classWrites(String tables, String roles) {
    return "select r.rolname || ' on ' || t.relname from ("
        + tables
        + ") t cross join pg_roles r where r.rolname in ("
        + roles
        + ") and r.rolname like '%\\_class' and (has_table_privilege(r.rolname, t.oid, 'DELETE')"
        + " or has_any_column_privilege(r.rolname, t.oid, 'INSERT, UPDATE'))";
  }

  private static String sealKey(String roles) {
    return """
        select r.rolname || ' reaches ' || p.oid::regprocedure from pg_roles r
          join pg_proc p on p.oid = 'scope.fields()'::regprocedure
          where r.rolname in (%1$s) and has_function_privilege(r.rolname, p.oid, 'EXECUTE')
        union all
        select r.rolname || ' reads the seal key' from pg_roles r where r.rolname in (%1$s)
          and (has_any_column_privilege(r.rolname, 'scope.seal_key', 'SELECT, INSERT, UPDATE')
            or has_table_privilege(r.rolname, 'scope.seal_key', 'DELETE'))
        union all
        select r.rolname || ' may use ' || p.oid::regprocedure from pg_roles r
          join pg_proc p on p.pronamespace = 'crypto'::regnamespace
          where r.rolname in (%1$s) and has_schema_privilege(r.rolname, 'crypto', 'USAGE')
        """
        .formatted(roles);
  }

  private static String outbox(String tables, String roles) {
    return """
        select r.rolname || ' on outbox.' || c.relname from pg_roles r
          join pg_class c on c.relnamespace = to_regnamespace('outbox') and c.relkind = 'r'
          where r.rolname in (%1$s) and r.rolname not like '%%\\_relay'
            and (has_any_column_privilege(r.rolname, c.oid, 'SELECT, INSERT, UPDATE')
              or has_table_privilege(r.rolname, c.oid, 'DELETE'))
        union all
        select r.rolname || ' on ' || t.relname from (%2$s) t cross join pg_roles r
          where r.rolname in (%1$s) and r.rolname like '%%\\_relay'
            and (has_any_column_privilege(r.rolname, t.oid, 'SELECT, INSERT, UPDATE')
              or has_table_privilege(r.rolname, t.oid, 'DELETE'))
        """
        .formatted(roles, tables);
  }

  private static String publicPolicies() {
    return "select tablename || ': ' || policyname from pg_policies where 'public' = any (roles)";
  }

  private static String definers() {
    return """
        select p.oid::regprocedure::text from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          and (has_function_privilege('public', p.oid, 'EXECUTE')
            or p.prosqlbody is null
              and not coalesce(p.proconfig::text ~ 'search_path', false))
        """;
  }

  private static String views() {
    return """
        select c.oid::regclass::text from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'crypto')
          and (c.relkind = 'm'
            or c.relkind = 'v' and not coalesce(c.reloptions::text ~ 'security_invoker=(true|on|1)', false))
        """;
  }

  private static String sequences() {
    return """
        select c.oid::regclass::text from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'S' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        """;
  }
}
