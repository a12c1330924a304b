package uk.progressstream.audit.erasure;

import java.util.UUID;

/**
 * A record that was erased. Its leaf stays.
 *
 * @param record id of the erased record
 * @param leafIndex of its leaf
 * @param erasure id of the record that says so
 */
public record Erasure(UUID record, long leafIndex, UUID erasure) {}
