/** Two schools of real data, set up through the public interface. */
@NullMarked
package uk.progressstream.local.sample;

import org.jspecify.annotations.NullMarked;
