/** Breaches: opened, listed, and how each one stands. */
@NullMarked
package uk.progressstream.breach.incident;

import org.jspecify.annotations.NullMarked;
