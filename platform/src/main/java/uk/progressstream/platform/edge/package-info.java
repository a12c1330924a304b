/** What HTTP itself asks of every route (RFC 9110), before any of them is reached. */
@NullMarked
package uk.progressstream.platform.edge;

import org.jspecify.annotations.NullMarked;
