package uk.progressstream.ingest.run;

import uk.progressstream.ingest.finding.ProblemCode;

/** An upload can't go on, for a reason that is not in its file. Carries a code and nothing else. */
public final class RunStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  /** Stops for this reason. */
  public RunStopped(ProblemCode code) {
    super(code.slug(), null, false, false);
    this.code = code;
  }

  /** Why it stopped. */
  public ProblemCode code() {
    return code;
  }
}
