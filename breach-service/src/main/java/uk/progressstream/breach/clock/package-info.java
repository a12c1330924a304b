/** The clock of the breach process: what is due, what was met, which warning is due when. */
@NullMarked
package uk.progressstream.breach.clock;

import org.jspecify.annotations.NullMarked;
