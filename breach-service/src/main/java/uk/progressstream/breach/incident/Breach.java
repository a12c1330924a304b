package uk.progressstream.breach.incident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.progressstream.breach.clock.StepStatus;

/**
 * One breach and how it stands.
 *
 * @param id its id
 * @param awareAt when the company became aware; every deadline counts from here
 * @param summary what happened
 * @param suspectedActors accounts; empty for anybody
 * @param windowFrom from when on the log is reviewed, inclusive
 * @param windowTo until when, exclusive
 * @param openedAt when it was recorded
 * @param openedBy by which account
 * @param steps the six steps in order
 */
public record Breach(
    UUID id,
    Instant awareAt,
    String summary,
    List<UUID> suspectedActors,
    Instant windowFrom,
    Instant windowTo,
    Instant openedAt,
    UUID openedBy,
    List<StepStatus> steps) {

  /** With all that happened. */
  BreachDetail with(List<TimelineEntry> timeline) {
    return new BreachDetail(
        id,
        awareAt,
        summary,
        suspectedActors,
        windowFrom,
        windowTo,
        openedAt,
        openedBy,
        steps,
        timeline);
  }
}
