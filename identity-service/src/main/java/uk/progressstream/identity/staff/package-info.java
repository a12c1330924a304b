/** The company's staff: a file names them, and who is taken off it has no access any more. */
@NullMarked
package uk.progressstream.identity.staff;

import org.jspecify.annotations.NullMarked;
