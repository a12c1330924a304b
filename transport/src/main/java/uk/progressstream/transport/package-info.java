/** How events travel from an outbox to the log where a broker stands between (docs/adr/0008). */
@NullMarked
package uk.progressstream.transport;

import org.jspecify.annotations.NullMarked;
