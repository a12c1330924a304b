package uk.progressstream.gateway;

/** What is done about a request that is not answered at once. */
interface Handling {
  /** Takes what it needs, or refuses. */
  void begin();

  /**
   * Ends what takes too long.
   *
   * @param now as {@link System#nanoTime} has it
   * @param nanos since the last look
   */
  void look(long now, long nanos);

  /** Gives everything back. */
  void stop();
}
