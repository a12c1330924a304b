package uk.progressstream.provisioning.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What somebody holds who stole the database of the service under test: every row of every table,
 * and the server's raw files.
 */
public final class StolenDatabase {
  private static final String TABLES =
      """
      select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      order by 1
      """;

  private final TestKit kit;

  private StolenDatabase(TestKit kit) {
    this.kit = kit;
  }

  /** Of the service under test. */
  public static StolenDatabase of(TestKit kit) {
    return new StolenDatabase(kit);
  }

  /** Every row of every table as text, {@code bytea} in hex. */
  public List<String> rows() throws SQLException {
    try (Connection superuser = kit.superuser()) {
      List<String> rows = new ArrayList<>();
      for (String table : column(superuser, TABLES)) {
        rows.addAll(column(superuser, "select t::text from " + table + " t"));
      }
      return rows;
    }
  }

  /** Those of the values that a row holds: as they are, in hex or in Base64. */
  public Set<String> foundInRows(Collection<String> values) throws SQLException {
    String dump = String.join("\n", rows());
    Set<String> found = new TreeSet<>();
    for (String value : values) {
      if (spellings(value).anyMatch(dump::contains)) {
        found.add(value);
      }
    }
    return found;
  }

  /**
   * Those of the values that a raw file of the server holds: tables, indexes, write-ahead log,
   * messages.
   */
  public Set<String> foundInFiles(Collection<String> values) throws SQLException, IOException {
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute("checkpoint");
    }
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(kit.directory().resolve("postgres"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = content(file);
        values.stream()
            .filter(value -> spellings(value).anyMatch(content::contains))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** The server makes and removes files of its own all the time. */
  private static String content(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  private static Stream<String> spellings(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        value,
        HexFormat.of().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery(sql)) {
      List<String> column = new ArrayList<>();
      while (rows.next()) {
        column.add(rows.getString(1));
      }
      return column;
    }
  }
}
