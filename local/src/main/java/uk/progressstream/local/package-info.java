/** One command that runs everything on one machine. */
@NullMarked
package uk.progressstream.local;

import org.jspecify.annotations.NullMarked;
