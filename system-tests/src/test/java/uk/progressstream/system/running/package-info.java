/** The whole system as a user starts it, for tests that use it from outside. */
@NullMarked
package uk.progressstream.system.running;

import org.jspecify.annotations.NullMarked;
