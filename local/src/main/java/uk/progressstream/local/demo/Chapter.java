package uk.progressstream.local.demo;

import java.io.IOException;

/** One step of the story. */
interface Chapter {
  /** What happens. */
  String title();

  /** Clauses of the policy that it shows at work. */
  String clauses();

  /**
   * Does it, for real, as an outsider would.
   *
   * @return one line on what was seen
   * @throws uk.progressstream.local.Failure if anything is not as promised
   */
  String tell(World world) throws IOException;
}
