package uk.progressstream.identity.grant;

import java.time.Instant;
import java.util.UUID;

/** An account's role at a school, and since when. */
public record Membership(UUID school, Role role, Instant since) {}
