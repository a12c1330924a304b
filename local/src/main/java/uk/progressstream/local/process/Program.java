package uk.progressstream.local.process;

import java.io.IOException;
import java.nio.file.Path;

/** Something that runs as a process of its own and can be started again. */
public interface Program {
  /** What a person calls it. */
  String label();

  /** Where its output goes. */
  Path log();

  /**
   * Starts it.
   *
   * @throws IOException if it cannot start now; a later attempt may succeed
   */
  Process start() throws IOException;
}
