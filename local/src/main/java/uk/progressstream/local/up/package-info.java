/** Everything together, in its order. */
@NullMarked
package uk.progressstream.local.up;

import org.jspecify.annotations.NullMarked;
