package uk.progressstream.ingest.csv;

import java.io.IOException;
import uk.progressstream.ingest.finding.ProblemCode;

/**
 * Reading stops here: what follows can't be trusted or is over a limit. Carries a code and no text
 * from the file.
 */
public final class UnreadableFile extends IOException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  /** Stops for this reason. */
  public UnreadableFile(ProblemCode code) {
    super(code.slug());
    this.code = code;
  }

  /** Why reading stopped. */
  public ProblemCode code() {
    return code;
  }
}
