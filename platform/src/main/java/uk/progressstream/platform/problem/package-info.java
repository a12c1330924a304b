/** RFC 9457 problem details. */
@NullMarked
package uk.progressstream.platform.problem;

import org.jspecify.annotations.NullMarked;
