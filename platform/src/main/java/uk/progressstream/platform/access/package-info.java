/** Who is calling: access tokens, the scope that travels with them, the employee's lease. */
@NullMarked
package uk.progressstream.platform.access;

import org.jspecify.annotations.NullMarked;
