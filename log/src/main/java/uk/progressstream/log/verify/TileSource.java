package uk.progressstream.log.verify;

import java.io.IOException;

/** Where a log's public files come from; is asked by several threads at once. */
@FunctionalInterface
public interface TileSource {

  /**
   * The bytes of a file.
   *
   * @param path below the log's prefix, such as {@code tile/0/000.p/5}
   * @throws java.io.FileNotFoundException if the log says that it has no such file
   * @throws IOException if it cannot be had
   */
  byte[] fetch(String path) throws IOException;
}
