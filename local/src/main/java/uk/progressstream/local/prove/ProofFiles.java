package uk.progressstream.local.prove;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that test runs leave in each module's {@code target/proofs}. */
final class ProofFiles {
  private final Path root;

  ProofFiles(Path root) {
    this.root = root;
  }

  /** Forgets earlier runs, so that no old result can pass for a new one. */
  void clear() throws IOException {
    for (Path file : files()) {
      Files.delete(file);
    }
  }

  List<ProofResult> read() throws IOException {
    List<ProofResult> results = new ArrayList<>();
    for (Path file : files()) {
      new JsonArray(Files.readString(file))
          .stream().map(JsonObject.class::cast).map(ProofResult::of).forEach(results::add);
    }
    return results;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path module : list(root)) {
      list(module.resolve("target/proofs")).stream()
          .filter(file -> file.toString().endsWith(".json"))
          .forEach(files::add);
    }
    return files;
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
