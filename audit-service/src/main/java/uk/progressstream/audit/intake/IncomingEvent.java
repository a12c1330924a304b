package uk.progressstream.audit.intake;

import java.util.Optional;
import java.util.UUID;

/**
 * An event that the log has a leaf for.
 *
 * @param id of the event, and of its record
 * @param school that it concerns
 * @param sequence from 1, gapless per source and school
 * @param body the record, canonical JSON
 * @param refusedBy the rule that the event broke, where the record only says that there was one
 */
record IncomingEvent(
    UUID id, UUID school, long sequence, String body, Optional<String> refusedBy) {}
