/** What the caller may see, and why. */
@NullMarked
package uk.progressstream.identity.me;

import org.jspecify.annotations.NullMarked;
