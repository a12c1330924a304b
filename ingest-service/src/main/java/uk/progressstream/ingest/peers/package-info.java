/** The services that ingest calls under the caller's scope, with bounded retries. */
@NullMarked
package uk.progressstream.ingest.peers;

import org.jspecify.annotations.NullMarked;
