package uk.progressstream.breach.clock;

import java.time.Instant;
import java.util.UUID;

/**
 * A completed step.
 *
 * @param step code of the step
 * @param metAt when, by the database's clock: nobody can date it back
 * @param completedBy by which account
 * @param state met, or missed where it was too late
 */
public record Completion(String step, Instant metAt, UUID completedBy, StepState state) {}
