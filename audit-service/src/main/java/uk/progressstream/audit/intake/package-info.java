/** Events from all services become leaves of the log, each exactly once. */
@NullMarked
package uk.progressstream.audit.intake;

import org.jspecify.annotations.NullMarked;
