package uk.progressstream.ingest.peers;

import java.util.UUID;
import uk.progressstream.platform.access.Caller;

/**
 * Whose rows these are.
 *
 * @param caller under whose scope every call is made
 * @param school the school that the file is of
 * @param upload id of the upload
 * @param dryRun whether nothing may change anywhere
 */
public record Destination(Caller caller, UUID school, UUID upload, boolean dryRun) {}
