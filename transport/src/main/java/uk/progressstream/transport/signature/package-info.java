/** Who wrote an event, proven without trust in what carried it. */
@NullMarked
package uk.progressstream.transport.signature;

import org.jspecify.annotations.NullMarked;
