package uk.progressstream.provisioning.proof;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Keeps only the tests that prove one of the clauses in {@code -Dproof.clauses=D4,D9}, or any
 * clause with {@code -Dproof.clauses=all}; all tests where it is not set.
 */
public final class ProofFilter implements PostDiscoveryFilter {
  private final Set<String> wanted;

  /** Reads the system property. */
  public ProofFilter() {
    this(System.getProperty("proof.clauses", ""));
  }

  ProofFilter(String clauses) {
    this.wanted =
        Arrays.stream(clauses.split(","))
            .map(clause -> clause.strip().toUpperCase(Locale.ROOT))
            .filter(clause -> !clause.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public FilterResult apply(TestDescriptor descriptor) {
    if (wanted.isEmpty()) {
      return FilterResult.included("all tests");
    }
    Set<String> proven = new TreeSet<>();
    Optional<TestDescriptor> each = Optional.of(descriptor);
    while (each.isPresent()) {
      proven.addAll(Clauses.of(each.get().getSource()));
      each = each.get().getParent();
    }
    boolean keep =
        wanted.contains("ALL") ? !proven.isEmpty() : proven.stream().anyMatch(wanted::contains);
    return FilterResult.includedIf(keep);
  }
}
