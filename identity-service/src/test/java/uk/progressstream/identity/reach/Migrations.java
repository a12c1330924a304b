package uk.progressstream.identity.reach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the migrations of all services say about who may read what. */
final class Migrations {
  private static final Pattern POLICY =
      Pattern.compile(
          "create policy (\\w+) on (\\S+)\\s+for (\\w+)\\s+to ([^()]+?)\\s*(using|with check)\\s*\\((.*?);",
          Pattern.DOTALL);
  private static final Pattern DROPPED = Pattern.compile("drop policy (\\w+) on (\\S+);");
  private static final Pattern FUNCTION_DROPPED = Pattern.compile("drop function (\\w+\\.\\w+)\\(");
  private static final Pattern ANY_POLICY = Pattern.compile("create policy ");
  private static final Pattern LOOP = Pattern.compile("array\\[([^\\]]*)\\]");
  private static final Pattern OPENS = Pattern.compile("scope\\.(\\w+)\\(");
  private static final Pattern PERMISSION = Pattern.compile("'([a-z][a-z-]*:[a-z][a-z-]*)'");
  private static final Pattern FUNCTION =
      Pattern.compile("create (?:or replace )?function (\\w+\\.\\w+)\\(");
  private static final Set<String> COMMANDS = Set.of("select", "insert", "update", "delete");

  /** By name and table; a later migration may replace one. */
  private final Map<String, ReadPolicy> policies = new LinkedHashMap<>();

  private final Set<String> permissions = new TreeSet<>();
  private final Map<String, Set<String>> functions = new TreeMap<>();

  /** Reads them all. */
  static Migrations read() throws IOException {
    Migrations all = new Migrations();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path module : modules.filter(Migrations::isService).sorted().toList()) {
        all.readService(module);
      }
    }
    return all;
  }

  /** Policies for reading, of all tables. */
  List<ReadPolicy> policies() {
    return List.copyOf(policies.values());
  }

  /** Every permission that a policy or a function names. */
  Set<String> permissions() {
    return permissions;
  }

  /** The functions that ask for a permission, such as {@code identity.entry.take_lease}. */
  Set<String> functions(String permission) {
    return functions.getOrDefault(permission, Set.of());
  }

  private static boolean isService(Path module) {
    return module.getFileName().toString().endsWith("-service");
  }

  private void readService(Path module) throws IOException {
    String service = module.getFileName().toString().replace("-service", "");
    try (Stream<Path> files = Files.list(module.resolve("src/main/resources/db/migration"))) {
      for (Path file : files.sorted().toList()) {
        // Within a format string quotes are doubled.
        readFile(service, Files.readString(file).replaceAll("--[^\\n]*", "").replace("''", "'"));
      }
    }
  }

  private void readFile(String service, String sql) {
    DROPPED
        .matcher(sql)
        .results()
        .forEach(drop -> policies.remove(key(drop.group(1), service + "." + drop.group(2))));
    FUNCTION_DROPPED
        .matcher(sql)
        .results()
        .map(drop -> service + "." + drop.group(1))
        .forEach(name -> functions.values().forEach(names -> names.remove(name)));
    int understood = 0;
    Matcher matcher = POLICY.matcher(sql);
    while (matcher.find()) {
      understood++;
      if (!COMMANDS.contains(matcher.group(3))) {
        throw new IllegalStateException("a policy for " + matcher.group(3) + " of " + service);
      }
      permissions.addAll(named(matcher.group(6)));
      if (matcher.group(3).equals("select")) {
        tables(sql, matcher)
            .forEach(
                table -> add(matcher.group(1), service + "." + table, matcher.toMatchResult()));
      }
    }
    if (understood != ANY_POLICY.matcher(sql).results().count()) {
      throw new IllegalStateException("a policy of " + service + " is not understood");
    }
    readFunctions(service, sql);
  }

  private void readFunctions(String service, String sql) {
    List<MatchResult> starts = FUNCTION.matcher(sql).results().toList();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1).start() : sql.length();
      String body = sql.substring(starts.get(i).end(), end).split("create policy", 2)[0];
      String name = service + "." + starts.get(i).group(1);
      for (String permission : named(body)) {
        permissions.add(permission);
        functions.computeIfAbsent(permission, key -> new TreeSet<>()).add(name);
      }
    }
  }

  /** The one table, or those of the loop around it. */
  private static List<String> tables(String sql, Matcher policy) {
    if (!policy.group(2).equals("%I")) {
      return List.of(policy.group(2));
    }
    String loop =
        LOOP.matcher(sql.substring(0, policy.start()))
            .results()
            .reduce((first, last) -> last)
            .orElseThrow()
            .group(1);
    return Arrays.stream(loop.split(",")).map(each -> each.replace("'", "").strip()).toList();
  }

  private void add(String name, String table, MatchResult policy) {
    if (policies.put(key(name, table), policy(table, policy)) != null) {
      throw new IllegalStateException(name + " on " + table + " twice");
    }
  }

  private static String key(String name, String table) {
    return name + " on " + table;
  }

  private static ReadPolicy policy(String table, MatchResult policy) {
    Set<String> roles =
        Arrays.stream(policy.group(4).split(","))
            .map(role -> role.strip().replace("${service}_", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    return new ReadPolicy(table, roles, opens(policy.group(6)), named(policy.group(6)));
  }

  /** Of several the narrowest: a class's rows are bound to its school as well. */
  private static String opens(String condition) {
    Set<String> functions =
        OPENS
            .matcher(condition)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    if (functions.isEmpty() && condition.strip().equals("true)")) {
      return ReadPolicy.PUBLIC;
    }
    if (functions.equals(Set.of(ReadPolicy.CLASSES, ReadPolicy.CLASS_SCHOOLS))) {
      return ReadPolicy.CLASSES;
    }
    if (functions.size() != 1) {
      throw new IllegalStateException("a condition that is not understood: " + condition);
    }
    return functions.iterator().next();
  }

  private static Set<String> named(String sql) {
    return PERMISSION
        .matcher(sql)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
