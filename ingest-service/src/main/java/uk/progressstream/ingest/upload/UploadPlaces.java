package uk.progressstream.ingest.upload;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.platform.problem.Problem;

/**
 * How many files are read at the same time: so many in all, and fewer of one school, so that no
 * school keeps the others out.
 */
final class UploadPlaces {
  private static final int RETRY_AFTER_SECONDS = 15;

  private final int max;
  private final int perSchoolMax;
  private final Map<UUID, Integer> takenBySchool = new HashMap<>();
  private int taken;

  UploadPlaces(int max, int perSchoolMax) {
    this.max = max;
    this.perSchoolMax = perSchoolMax;
  }

  /**
   * Takes a place until it is closed.
   *
   * @throws Problem 503 where none is free, 429 where this school has all that it may have
   */
  synchronized Place take(UUID school) {
    int own = takenBySchool.getOrDefault(school, 0);
    if (own >= perSchoolMax) {
      throw Problem.tooMany(
          "A school sends at most " + perSchoolMax + " files at the same time.",
          RETRY_AFTER_SECONDS);
    }
    if (taken >= max) {
      throw Problem.unavailable(RETRY_AFTER_SECONDS);
    }
    taken++;
    takenBySchool.put(school, own + 1);
    return () -> leave(school);
  }

  private synchronized void leave(UUID school) {
    taken--;
    takenBySchool.computeIfPresent(school, (key, own) -> own == 1 ? null : own - 1);
  }

  /** A place that is taken; close it once. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
