package uk.progressstream.breach.finding;

import java.time.Instant;
import java.util.UUID;

/**
 * One entry of the investigation.
 *
 * @param id its id
 * @param kind {@code finding}, {@code evidence} or {@code decision}
 * @param text what was found
 * @param foundAt when it was written, by the database's clock
 * @param foundBy by which account
 */
public record Finding(UUID id, String kind, String text, Instant foundAt, UUID foundBy) {}
