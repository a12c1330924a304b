package uk.progressstream.breach.incident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.progressstream.breach.clock.StepStatus;

/**
 * A {@link Breach} with its timeline; the other fields are the same.
 *
 * @param timeline all that happened, oldest first; none of it can be changed
 */
public record BreachDetail(
    UUID id,
    Instant awareAt,
    String summary,
    List<UUID> suspectedActors,
    Instant windowFrom,
    Instant windowTo,
    Instant openedAt,
    UUID openedBy,
    List<StepStatus> steps,
    List<TimelineEntry> timeline) {}
