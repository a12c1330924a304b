package uk.progressstream.identity.lease;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A lease as its holder sees it.
 *
 * @param expiresAt eight hours after it was taken at the latest; thirty minutes without use end it
 *     before
 */
public record EmployeeSession(
    UUID id, UUID school, String reason, OffsetDateTime takenAt, OffsetDateTime expiresAt) {}
