package uk.progressstream.audit.intake;

import java.util.UUID;

/**
 * An event that passed the rules of {@link EventReader}.
 *
 * @param id of the event, and of its record
 * @param school that it concerns
 * @param sequence from 1, gapless per source and school
 * @param body the record, canonical JSON
 */
record IncomingEvent(UUID id, UUID school, long sequence, String body) {}
