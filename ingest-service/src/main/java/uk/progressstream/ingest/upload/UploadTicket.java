package uk.progressstream.ingest.upload;

import java.util.UUID;
import uk.progressstream.platform.access.Caller;

/**
 * An upload that was begun.
 *
 * @param id its id
 * @param caller who sends it
 * @param request what they asked for
 */
record UploadTicket(UUID id, Caller caller, UploadRequest request) {}
