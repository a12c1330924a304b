package uk.progressstream.identity.grant;

import java.util.UUID;

/** An employee's live lease, and the one school that it is for. */
public record HeldLease(UUID id, UUID school) {}
