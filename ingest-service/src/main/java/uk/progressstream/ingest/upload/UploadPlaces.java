package uk.progressstream.ingest.upload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.ingest.kind.FileKind;
import uk.progressstream.platform.problem.Problem;

/**
 * How many files are read at the same time: so many in all, and fewer of one school, so that no
 * school keeps the others out. One kind of file may use three quarters of either number, so that
 * other kinds are still taken while the service that stores it does not answer. With a limit below
 * four, one kind may use all of it.
 */
final class UploadPlaces {
  private static final int RETRY_AFTER_SECONDS = 15;

  private static final String ALL = "all";

  private final int max;
  private final int perSchoolMax;
  private final Map<Object, Integer> taken = new HashMap<>();

  UploadPlaces(int max, int perSchoolMax) {
    this.max = max;
    this.perSchoolMax = perSchoolMax;
  }

  /**
   * Takes a place until it is closed.
   *
   * @throws Problem 503 where none is free, 429 where this school has all that it may have
   */
  synchronized Place take(UUID school, FileKind kind) {
    List<Object> counted = List.of(ALL, kind, school, new OfSchool(school, kind));
    if (taken(school) >= perSchoolMax || taken(counted.get(3)) >= ofOneKind(perSchoolMax)) {
      throw Problem.tooMany(
          "A school sends at most %d files at the same time, %d of one kind."
              .formatted(perSchoolMax, ofOneKind(perSchoolMax)),
          RETRY_AFTER_SECONDS);
    }
    if (taken(ALL) >= max || taken(kind) >= ofOneKind(max)) {
      throw Problem.unavailable(RETRY_AFTER_SECONDS);
    }
    counted.forEach(each -> taken.merge(each, 1, Integer::sum));
    return () -> leave(counted);
  }

  private synchronized void leave(List<Object> counted) {
    counted.forEach(each -> taken.computeIfPresent(each, (key, own) -> own == 1 ? null : own - 1));
  }

  private int taken(Object what) {
    return taken.getOrDefault(what, 0);
  }

  private static int ofOneKind(int all) {
    return all - all / 4;
  }

  private record OfSchool(UUID school, FileKind kind) {}

  /** A place that is taken; close it once. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
