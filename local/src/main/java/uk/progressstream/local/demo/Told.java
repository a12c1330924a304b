package uk.progressstream.local.demo;

/**
 * A chapter that was told.
 *
 * @param chapter which
 * @param passed whether all was as promised
 * @param line what was seen, or what was not as promised
 * @param seconds wall clock
 */
record Told(Chapter chapter, boolean passed, String line, double seconds) {}
