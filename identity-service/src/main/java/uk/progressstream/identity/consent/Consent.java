package uk.progressstream.identity.consent;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A standing consent; it holds until it is taken back.
 *
 * @param purpose {@code backup} or {@code prediction}
 * @param givenBy the admin's account
 */
public record Consent(UUID school, String purpose, UUID givenBy, OffsetDateTime givenAt) {}
