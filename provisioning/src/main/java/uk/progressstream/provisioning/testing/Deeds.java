package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.progressstream.provisioning.database.DatabaseRole;

/**
 * What the roles of a database may do by its own catalogue: each function that one of them may
 * call, and each table to which one may add a row. With arguments from samples, and without them
 * for what has none, so that the test can say what is missing.
 */
final class Deeds {
  private static final String FUNCTIONS =
      """
      select n.nspname || '.' || p.proname || '|' || (p.provolatile <> 'v') || '|' || coalesce((
          select string_agg(coalesce(nullif(p.proargnames[a.nth], ''), 'argument ' || a.nth) || ' ' || a.type::regtype, ','
            order by a.nth)
          from unnest(p.proargtypes::oid[]) with ordinality as a(type, nth)), '')
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and p.prorettype <> 'trigger'::regtype
        and has_function_privilege(?, p.oid, 'EXECUTE') and has_schema_privilege(?, n.oid, 'USAGE')
      order by 1
      """;
  private static final String TABLES =
      """
      select n.nspname || '.' || c.relname || '|' || string_agg(quote_ident(a.attname), ',' order by a.attnum)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and has_column_privilege(?, c.oid, a.attnum, 'INSERT') and has_schema_privilege(?, n.oid, 'USAGE')
      group by n.nspname, c.relname order by n.nspname, c.relname
      """;

  private final Connection superuser;
  private final String service;
  private final UnaryOperator<String> callers;

  Deeds(Connection superuser, String service, UnaryOperator<String> callers) {
    this.superuser = superuser;
    this.service = service;
    this.callers = callers;
  }

  /** Name of what is called or added to, without what tells several samples of it apart. */
  static String named(String sample) {
    return sample.split(" ", 2)[0];
  }

  /** By role; a function or table that has no sample yet fails {@link #missing}. */
  List<Deed> all(
      Map<String, Function<Holding, List<@Nullable String>>> calls,
      Map<String, Function<Holding, Map<String, String>>> rows) {
    List<Deed> deeds = new ArrayList<>();
    for (DatabaseRole role : AttackedDatabase.intruders()) {
      for (String[] each : granted(FUNCTIONS, role)) {
        calls.forEach(
            (sample, values) -> {
              if (named(sample).equals(each[0])) {
                deeds.add(call(role, sample, each, values));
              }
            });
      }
      for (String[] each : granted(TABLES, role)) {
        if (rows.containsKey(each[0])) {
          deeds.add(row(role, each[0], rows.get(each[0])));
        }
      }
    }
    return deeds;
  }

  /** Functions and tables that a role may use, by name. */
  TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (DatabaseRole role : AttackedDatabase.intruders()) {
      granted(FUNCTIONS, role).forEach(each -> names.add(each[0]));
      granted(TABLES, role).forEach(each -> names.add(each[0]));
    }
    return names;
  }

  private List<String[]> granted(String sql, DatabaseRole role) {
    String name = role.of(service);
    return Sql.column(superuser, sql, name, name).stream()
        .map(line -> line.split("\\|", 3))
        .toList();
  }

  private Deed call(
      DatabaseRole role,
      String sample,
      String[] function,
      Function<Holding, List<@Nullable String>> values) {
    List<String> parameters =
        function[2].isEmpty() ? List.of() : Arrays.asList(function[2].split(","));
    String places =
        parameters.stream()
            .map(each -> "?::" + each.substring(each.indexOf(' ', nameEnd(each)) + 1))
            .collect(Collectors.joining(", "));
    return new Deed(
        sample,
        role,
        callers.apply(sample),
        Boolean.parseBoolean(function[1]),
        "select r::text from " + function[0] + "(" + places + ") as r",
        holding -> {
          List<@Nullable String> given = values.apply(holding);
          if (given.size() != parameters.size()) {
            throw new AssertionError(function[0] + " takes " + parameters);
          }
          Map<String, Optional<String>> named = new LinkedHashMap<>();
          for (int i = 0; i < given.size(); i++) {
            named.put(
                parameters.get(i).substring(0, nameEnd(parameters.get(i))),
                Optional.ofNullable(given.get(i)));
          }
          return named;
        });
  }

  /** A parameter without a name is called by its number, which has a space in it. */
  private static int nameEnd(String parameter) {
    return parameter.startsWith("argument ")
        ? parameter.indexOf(' ', "argument ".length())
        : parameter.indexOf(' ');
  }

  private Deed row(DatabaseRole role, String table, Function<Holding, Map<String, String>> values) {
    List<String> columns = List.copyOf(values.apply(Holding.named("sample")).keySet());
    String names = String.join(", ", columns);
    String places =
        columns.stream().map(each -> "'" + each + "', ?::text").collect(Collectors.joining(", "));
    return new Deed(
        "a row of " + table,
        role,
        callers.apply(table),
        false,
        "insert into %1$s (%2$s) select %2$s from jsonb_populate_record(null::%1$s, jsonb_build_object(%3$s))"
            .formatted(table, names, places),
        holding -> {
          Map<String, Optional<String>> named = new LinkedHashMap<>();
          Map<String, String> given = values.apply(holding);
          columns.forEach(each -> named.put(each, Optional.ofNullable(given.get(each))));
          return named;
        });
  }
}
