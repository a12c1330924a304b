package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is in a database, table by table and school by school, as the superuser sees it. */
final class Estate {
  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final String NOBODY = "no school";
  private static final String TABLES =
      """
      select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
        and n.nspname not in ('information_schema', 'scope', 'crypto') and c.relname <> 'flyway_schema_history'
      """;

  private final Connection superuser;
  private final Map<UUID, String> owners = new HashMap<>();
  private final List<String> tables;
  private final Map<String, String> before;
  private final Map<String, String> marks = new TreeMap<>();

  /**
   * Of all that is there now.
   *
   * @param own whose rows are the caller's own
   * @param others whose rows are not
   */
  Estate(Connection superuser, Holding own, List<Holding> others) {
    this.superuser = superuser;
    this.tables = Sql.column(superuser, TABLES + " order by 1");
    owners.put(own.school(), own.label());
    others.forEach(each -> owners.put(each.school(), each.label()));
    this.before = digests();
    others.forEach(each -> mark(each, own));
  }

  /** Ids of others' rows, by whose they are; none that stands in a row of one's own as well. */
  Map<String, String> marks() {
    return marks;
  }

  List<String> readableBy(String role) {
    return Sql.column(
        superuser,
        TABLES
            + " and has_table_privilege(?, c.oid, 'SELECT') and has_schema_privilege(?, n.oid,"
            + " 'USAGE') order by 1",
        role,
        role);
  }

  /** Tables in which rows are not what they were, by whose rows. */
  Map<String, Set<String>> changes() {
    Map<String, String> now = digests();
    Set<String> all = new TreeSet<>(now.keySet());
    all.addAll(before.keySet());
    Map<String, Set<String>> changes = new TreeMap<>();
    for (String key : all) {
      if (!now.getOrDefault(key, "").equals(before.getOrDefault(key, ""))) {
        String[] part = key.split(" ", 2);
        changes.computeIfAbsent(owner(part[1]), whose -> new TreeSet<>()).add(part[0]);
      }
    }
    return changes;
  }

  private String owner(String school) {
    return school.isEmpty()
        ? NOBODY
        : owners.getOrDefault(UUID.fromString(school), "a school that was not there");
  }

  /** By table and school. */
  private Map<String, String> digests() {
    String sql =
        tables.stream()
            .map(
                table ->
                    "select '%1$s ' || coalesce(to_jsonb(t) ->> 'school_id', '') as k,"
                            .formatted(table)
                        + " md5(string_agg(t::text, '|' order by t::text)) as d from %s t group by 1"
                            .formatted(table))
            .collect(Collectors.joining(" union all "));
    return Sql.column(superuser, "select k || '=' || d from (" + sql + ") x").stream()
        .map(line -> line.split("="))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private void mark(Holding other, Holding own) {
    Set<String> ownIds = ids(own.school());
    for (String id : ids(other.school())) {
      if (!ownIds.contains(id)) {
        marks.put(id, other.label());
      }
    }
  }

  private Set<String> ids(UUID school) {
    String sql =
        tables.stream()
            .map(table -> "select to_jsonb(t)::text as row from " + table + " t")
            .collect(Collectors.joining(" union all "));
    return Sql.column(
            superuser, "select row from (" + sql + ") x where row like ?", "%" + school + "%")
        .stream()
        .flatMap(row -> UUIDS.matcher(row).results().map(found -> found.group()))
        .collect(Collectors.toSet());
  }
}
