/** Uploads as the outside sees them: receiving a file, its state, its problems. */
@NullMarked
package uk.progressstream.ingest.upload;

import org.jspecify.annotations.NullMarked;
