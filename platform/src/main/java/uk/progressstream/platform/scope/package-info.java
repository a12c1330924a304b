/** The sealed scope: what a token may see, in the one form that the database itself verifies. */
@NullMarked
package uk.progressstream.platform.scope;

import org.jspecify.annotations.NullMarked;
