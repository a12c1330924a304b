/** Checks without which a service refuses to start. */
@NullMarked
package uk.progressstream.platform.startup;

import org.jspecify.annotations.NullMarked;
