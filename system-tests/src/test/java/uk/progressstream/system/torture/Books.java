package uk.progressstream.system.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.service.JavaCommand;
import uk.progressstream.system.running.Databases;
import uk.progressstream.system.running.RunningSystem;

/**
 * Whether every committed action has exactly one leaf: by the outboxes, by the log's own tables,
 * and by the verifier that a school would run.
 */
final class Books {
  private static final Duration QUIET_WITHIN = Duration.ofMinutes(4);
  private static final String WAITING =
      "select count(*) from outbox.event where position is null or refused";

  private final RunningSystem system;
  private final Databases databases;
  private final Path folder;
  private final List<Path> kept = new ArrayList<>();

  Books(RunningSystem system, Path folder) {
    this.system = system;
    this.databases = new Databases(system);
    this.folder = folder;
  }

  /** Keeps the checkpoint that is served now, as a school would. */
  Path keepCheckpoint() throws IOException {
    Path file = folder.resolve("checkpoint-" + kept.size());
    Files.writeString(file, log().get("/audit/v1/checkpoint").require(200).body());
    kept.add(file);
    return file;
  }

  /** Forgets what was kept: a log that was set back cannot fit it. */
  void forgetCheckpoints() {
    kept.clear();
  }

  /** Checks all of it, once the outboxes are empty. */
  void balance(Actions actions) throws Exception {
    awaitEmptyOutboxes();
    for (String database : Databases.NAMES) {
      Set<UUID> held = inLog(database, "id");
      assertThat(held)
          .as("each committed action of %s has a leaf", database)
          .containsAll(actions.committed().getOrDefault(database, Set.of()));
      assertThat(held)
          .as("what %s committed and nobody was told of has one too", database)
          .containsAll(ids(database, "select id from outbox.event"));
      assertThat(
              databases.column(
                  "audit",
                  "select school_id from inbox where source = '%s' group by school_id having count(*) <> max(sequence)"
                      .formatted(database)))
          .as("numbers of %s without a gap", database)
          .isEmpty();
      assertThat(placesThatDiffer(database)).as("places in the outbox of %s", database).isEmpty();
    }
    assertThat(
            databases.column(
                "audit",
                "select count(*) = (select size from head) and count(distinct leaf_index) = count(*)"
                    + " and min(leaf_index) = 0 and max(leaf_index) = count(*) - 1 from inbox"))
        .as("one leaf an event, no leaf without one")
        .containsExactly("t");
    assertThat(
            databases.column(
                "audit",
                "select count(*) from inbox i full join record r using (school_id, id, leaf_index)"
                    + " where i.source is null or r.source is null"))
        .as("one record a leaf")
        .containsExactly("0");
    assertThat(verify(kept)).as("the verifier's exit code").isZero();
  }

  /** The exit code of the verifier for the log as it is served, with these kept checkpoints. */
  int verify(List<Path> checkpoints) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JavaCommand.java(), "-Xmx256m", "-jar"));
    command.add(RunningSystem.root().resolve("log/target/progress-stream-verifier.jar").toString());
    command.addAll(List.of("--key", log().get("/audit/v1/key").require(200).body().strip()));
    command.addAll(List.of("--url", system.run().gateway() + "/audit/v1"));
    command.addAll(List.of("--ca", system.run().authority().toString()));
    checkpoints.forEach(each -> command.addAll(List.of("--checkpoint", each.toString())));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code > 1) {
      throw new IllegalStateException("the verifier could not check: " + said);
    }
    return code;
  }

  void awaitEmptyOutboxes() throws SQLException {
    long deadline = System.nanoTime() + QUIET_WITHIN.toNanos();
    for (String database : Databases.NAMES) {
      while (!isEmpty(database)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("events wait in the outbox of " + database);
        }
        RunningSystem.pause();
      }
    }
  }

  private boolean isEmpty(String database) {
    try {
      return databases.column(database, WAITING).equals(List.of("0"));
    } catch (SQLException notBackYet) {
      return false;
    }
  }

  /** Rows of an outbox that name another leaf, or number, than the log has for them. */
  private List<String> placesThatDiffer(String database) throws SQLException {
    Set<String> inLog =
        new HashSet<>(
            databases.column(
                "audit",
                "select id || ' ' || sequence || ' ' || leaf_index from inbox where source = '%s'"
                    .formatted(database)));
    return databases
        .column(database, "select id || ' ' || sequence || ' ' || position from outbox.event")
        .stream()
        .filter(row -> !inLog.contains(row))
        .toList();
  }

  private Set<UUID> inLog(String source, String column) throws SQLException {
    return ids("audit", "select %s from inbox where source = '%s'".formatted(column, source));
  }

  private Set<UUID> ids(String database, String sql) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    databases.column(database, sql).forEach(id -> ids.add(UUID.fromString(id)));
    return ids;
  }

  private ApiClient log() throws IOException {
    return ApiClient.anonymous(system.run().gateway(), system.run().authority());
  }
}
