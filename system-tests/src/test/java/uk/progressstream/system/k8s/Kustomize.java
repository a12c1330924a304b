package uk.progressstream.system.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Renders an overlay with the {@code kubectl} or {@code kustomize} of this machine. */
final class Kustomize {
  private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

  private Kustomize() {}

  /**
   * The YAML of an overlay. Where this machine has no tool for it, the test is skipped, and says
   * so.
   */
  static String render(String overlay) {
    List<String> tool = tool().orElse(List.of());
    if (tool.isEmpty()) {
      System.err.println(
          "SKIPPED: neither kubectl nor kustomize is on PATH, no manifest was tested");
      Assumptions.abort("neither kubectl nor kustomize is on PATH");
    }
    return RENDERED.computeIfAbsent(
        overlay, name -> run(tool, k8s().resolve("overlays").resolve(name)));
  }

  /** The folder of the manifests. */
  static Path k8s() {
    return root().resolve("k8s");
  }

  /** The folder of the whole project: the nearest above that has the manifests. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("k8s/overlays"))) {
      folder = Optional.ofNullable(folder.getParent()).orElseThrow();
    }
    return folder;
  }

  private static Optional<List<String>> tool() {
    return Stream.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"))
        .filter(command -> isOnPath(command.get(0)))
        .findFirst();
  }

  private static boolean isOnPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String run(List<String> tool, Path overlay) {
    try {
      Path complaint = Files.createTempFile("kustomize", ".err");
      Process process =
          new ProcessBuilder(Stream.concat(tool.stream(), Stream.of(overlay.toString())).toList())
              .redirectError(complaint.toFile())
              .start();
      String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      assertThat(exit).as(Files.readString(complaint)).isZero();
      Files.delete(complaint);
      return yaml;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
