/** The launcher at its edges: what dies, what is in the way, what is stopped and started again. */
@NullMarked
package uk.progressstream.system.launcher;

import org.jspecify.annotations.NullMarked;
