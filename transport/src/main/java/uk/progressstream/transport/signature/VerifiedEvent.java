package uk.progressstream.transport.signature;

import uk.progressstream.contracts.events.Event;

/**
 * An event, and who is proven to have written it.
 *
 * @param source name in the certificate; the event says the same
 */
public record VerifiedEvent(String source, Event event) {}
