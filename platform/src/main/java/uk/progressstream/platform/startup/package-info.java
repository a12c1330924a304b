/** What a service makes sure of before it serves anybody, and goes on making sure of. */
@NullMarked
package uk.progressstream.platform.startup;

import org.jspecify.annotations.NullMarked;
