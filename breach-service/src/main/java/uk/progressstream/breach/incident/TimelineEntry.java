package uk.progressstream.breach.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a breach; what does not apply is left out.
 *
 * @param at when, by the database's clock
 * @param kind {@code opened}, {@code rung}, {@code step-missed}, {@code step-met}, {@code
 *     scope-confirmed}, {@code finding}, {@code evidence} or {@code decision}
 * @param actor the account that did it; absent for the clock
 * @param step code of the step
 * @param percent the rung: how much of the step's time had passed
 * @param school the school that was confirmed as affected
 * @param text what was found
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEntry(
    Instant at,
    String kind,
    @Nullable UUID actor,
    @Nullable String step,
    @Nullable Integer percent,
    @Nullable UUID school,
    @Nullable String text) {}
