/** How often somebody may ask for a token, and what refusals leave behind. */
@NullMarked
package uk.progressstream.identity.limit;

import org.jspecify.annotations.NullMarked;
