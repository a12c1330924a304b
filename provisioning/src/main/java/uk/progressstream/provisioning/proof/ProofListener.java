package uk.progressstream.provisioning.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes {@code target/proofs/<class>.json} for the tests that prove a clause. */
public final class ProofListener implements TestExecutionListener {
  private static final long NANOS_PER_MS = 1_000_000;

  private final Map<String, Long> started = new ConcurrentHashMap<>();
  private final Map<String, Collection<Proof>> proofs = new ConcurrentHashMap<>();
  private @Nullable TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    started.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (test.isTest()) {
      add(test, "skipped");
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    // A container that fails (a server that does not start) fails what is in it.
    boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
    if (test.isTest() || failed) {
      String word =
          switch (result.getStatus()) {
            case SUCCESSFUL -> "passed";
            case FAILED -> "failed";
            case ABORTED -> "aborted";
          };
      add(test, word);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan testPlan) {
    new TreeMap<>(proofs).forEach(ProofListener::write);
    proofs.clear();
  }

  private void add(TestIdentifier test, String result) {
    List<TestIdentifier> line = withParents(test);
    Set<String> clauses = new TreeSet<>();
    line.forEach(each -> clauses.addAll(Clauses.of(each.getSource())));
    if (clauses.isEmpty()) {
      return;
    }
    String testClass = testClass(line);
    long begun = started.getOrDefault(test.getUniqueId(), System.nanoTime());
    Proof proof =
        new Proof(
            clauses,
            displayName(line),
            System.getProperty("proof.module", ""),
            testClass,
            result,
            (System.nanoTime() - begun) / NANOS_PER_MS);
    proofs
        .computeIfAbsent(testClass, each -> new java.util.concurrent.ConcurrentLinkedQueue<>())
        .add(proof);
  }

  /** From the test up to its class. */
  private List<TestIdentifier> withParents(TestIdentifier test) {
    List<TestIdentifier> line = new ArrayList<>();
    Optional<TestIdentifier> each = Optional.of(test);
    while (each.isPresent()) {
      line.add(each.get());
      TestIdentifier current = each.get();
      each = Optional.ofNullable(plan).flatMap(p -> p.getParent(current));
    }
    return line;
  }

  private static String testClass(List<TestIdentifier> line) {
    return line.stream()
        .flatMap(each -> each.getSource().stream())
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getClassName())
        .reduce((inner, outer) -> outer)
        .orElse("unknown");
  }

  private static String displayName(List<TestIdentifier> line) {
    List<String> names = new ArrayList<>();
    for (TestIdentifier each : line) {
      if (each.getSource().filter(ClassSource.class::isInstance).isPresent()) {
        break;
      }
      names.add(0, each.getDisplayName());
    }
    return names.isEmpty() ? line.get(0).getDisplayName() : String.join(": ", names);
  }

  private static void write(String testClass, Collection<Proof> proofs) {
    Path directory = Path.of("target", "proofs");
    String json = String.join(",\n", proofs.stream().map(Proof::json).toList());
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(testClass + ".json"), "[\n" + json + "\n]\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
