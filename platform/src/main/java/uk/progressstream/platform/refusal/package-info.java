/** Whom a service refused what, for the log. */
@NullMarked
package uk.progressstream.platform.refusal;

import org.jspecify.annotations.NullMarked;
