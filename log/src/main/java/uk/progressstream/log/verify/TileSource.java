package uk.progressstream.log.verify;

import java.io.IOException;

/** Where a log's public files come from. */
@FunctionalInterface
public interface TileSource {

  /**
   * The bytes of a file.
   *
   * @param path below the log's prefix, such as {@code tile/0/000.p/5}
   * @throws IOException if the log does not give it
   */
  byte[] fetch(String path) throws IOException;
}
