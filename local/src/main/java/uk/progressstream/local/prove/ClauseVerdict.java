package uk.progressstream.local.prove;

import java.util.List;

/**
 * A clause with all its proofs.
 *
 * @param clause which
 * @param proofs what the tests said, in no order
 */
public record ClauseVerdict(Clause clause, List<ProofResult> proofs) {

  /**
   * {@code open} without a proof; {@code failed} if any did not pass, since a proof that was
   * skipped or broke off proves nothing; {@code proven} otherwise.
   */
  public String verdict() {
    if (proofs.isEmpty()) {
      return "open";
    }
    return proofs.stream().allMatch(ProofResult::passed) ? "proven" : "failed";
  }

  /** How many passed. */
  public long passed() {
    return proofs.stream().filter(ProofResult::passed).count();
  }

  /** All proofs together, in seconds. */
  public double seconds() {
    return proofs.stream().mapToLong(ProofResult::durationMs).sum() / 1000.0;
  }
}
