package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uk.progressstream.provisioning.database.DatabaseRole;

/** What the database's own catalogue says of its tables, roles, policies and functions. */
final class Catalogue {
  /** Columns: schema, name, regclass. Plumbing is left out: it has its own rules below. */
  private static final String DATA_TABLES =
      """
      select n.nspname, c.relname, c.oid
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'f') and n.nspname !~ '^pg_'
        and n.nspname not in ('information_schema', 'scope', 'outbox', 'crypto')
        and c.relname <> 'flyway_schema_history'
      """;

  private final Connection superuser;
  private final String service;

  Catalogue(Connection superuser, String service) {
    this.superuser = superuser;
    this.service = service;
  }

  /** Every data table there is. */
  List<DataTable> tables(Map<String, String> ofNoSchool, Map<String, String> open) {
    List<DataTable> tables = new ArrayList<>();
    for (String line :
        Sql.column(
            superuser,
            "select nspname || ' ' || relname || ' ' || exists (select from pg_attribute a"
                + " where a.attrelid = t.oid and a.attname = 'class_id') from ("
                + DATA_TABLES
                + ") t order by 1")) {
      String[] part = line.split(" ");
      DataTable bare = new DataTable(part[0], part[1], Boolean.parseBoolean(part[2]), false, false);
      boolean isOpen = open.containsKey(bare.label());
      boolean noSchool = isOpen || ofNoSchool.containsKey(bare.label());
      tables.add(new DataTable(bare.schema(), bare.name(), bare.hasClass(), noSchool, isOpen));
    }
    return tables;
  }

  /** Whether a role that works at run time may do anything with the table. */
  boolean isGranted(DataTable table) {
    return Arrays.stream(AttackedDatabase.intruders())
        .anyMatch(role -> granted(table, role, "SELECT, INSERT, UPDATE") || deletes(table, role));
  }

  boolean reads(DataTable table, DatabaseRole role) {
    return granted(table, role, "SELECT");
  }

  private boolean granted(DataTable table, DatabaseRole role, String privileges) {
    return isTrue(
        "select has_any_column_privilege(?, ?::regclass, ?)::text", table, role, privileges);
  }

  private boolean deletes(DataTable table, DatabaseRole role) {
    return isTrue("select has_table_privilege(?, ?::regclass, ?)::text", table, role, "DELETE");
  }

  private boolean isTrue(String sql, DataTable table, DatabaseRole role, String privileges) {
    return Sql.column(superuser, sql, role.of(service), table.sql(), privileges)
        .equals(List.of("true"));
  }

  /** Faults by rule; a rule that holds has none. */
  Map<String, List<String>> faults() {
    Map<String, List<String>> faults = new TreeMap<>();
    CatalogueRules.all(DATA_TABLES, roles())
        .forEach((rule, sql) -> faults.put(rule, Sql.column(superuser, sql)));
    return faults;
  }

  List<String> faultsOf(String rule) {
    return faults().getOrDefault(rule, List.of());
  }

  /** SQL list of the roles that work at run time. */
  private String roles() {
    return Arrays.stream(AttackedDatabase.intruders())
        .map(role -> "'" + role.of(service) + "'")
        .collect(Collectors.joining(", "));
  }
}
