/** Who touched which schools' data in a window: counts, never a row. */
@NullMarked
package uk.progressstream.audit.blast;

import org.jspecify.annotations.NullMarked;
