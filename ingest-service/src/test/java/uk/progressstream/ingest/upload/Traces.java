package uk.progressstream.ingest.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import uk.progressstream.provisioning.testing.TestKit;

/**
 * Everything that a value could have left a trace in: tables, the database's raw files, the log,
 * the disk.
 */
final class Traces implements AutoCloseable {
  private final TestKit kit;
  private final List<String> logged = new ArrayList<>();
  private final Logger root = Logger.getLogger("");
  private final Logger own = Logger.getLogger("uk.progressstream");
  private final Handler handler = new Catcher();

  Traces(TestKit kit) {
    this.kit = kit;
    handler.setLevel(Level.ALL);
    own.setLevel(Level.ALL);
    root.addHandler(handler);
  }

  /** Where the text is found; empty where it left no trace. */
  List<String> of(String text) {
    List<String> places = new ArrayList<>();
    synchronized (logged) {
      logged.stream()
          .filter(line -> line.contains(text))
          .forEach(line -> places.add("log: " + line));
    }
    places.addAll(tablesWith(text));
    places.addAll(filesWith(text));
    return places;
  }

  /** How much was caught in the log, so that a test can tell silence from deafness. */
  int lines() {
    synchronized (logged) {
      return logged.size();
    }
  }

  @Override
  public void close() {
    root.removeHandler(handler);
    own.setLevel(null);
  }

  // Every table of every schema, outbox and Flyway's included, as text.
  private List<String> tablesWith(String text) {
    List<String> places = new ArrayList<>();
    try (Connection superuser = kit.superuser()) {
      superuser.createStatement().execute("checkpoint");
      for (String table : tables(superuser)) {
        if (contains(superuser, table, text)) {
          places.add("table: " + table);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return places;
  }

  private static List<String> tables(Connection superuser) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        superuser
            .createStatement()
            .executeQuery(
                "select format('%I.%I', schemaname, tablename) from pg_tables"
                    + " where schemaname not in ('information_schema')")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static boolean contains(Connection superuser, String table, String text)
      throws SQLException {
    try (var query =
        superuser.prepareStatement("select 1 from " + table + " t where strpos(t::text, ?) > 0")) {
      query.setString(1, text);
      return query.executeQuery().next();
    }
  }

  // The kit's directory holds the whole database server: tables, indexes, write-ahead log, its own
  // log.
  private List<String> filesWith(String text) {
    try (Stream<Path> files = Files.walk(kit.directory())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> contains(file, text))
          .map(file -> "file: " + file.getFileName())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException gone) {
      return false;
    }
  }

  private final class Catcher extends Handler {
    @Override
    public void publish(LogRecord event) {
      StringBuilder line = new StringBuilder(String.valueOf(event.getMessage()));
      for (Object parameter :
          event.getParameters() == null ? new Object[0] : event.getParameters()) {
        line.append(' ').append(parameter);
      }
      for (Throwable t = event.getThrown(); t != null; t = t.getCause()) {
        line.append(' ').append(t);
      }
      synchronized (logged) {
        logged.add(line.toString());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
