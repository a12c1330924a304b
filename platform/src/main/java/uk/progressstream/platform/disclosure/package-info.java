/**
 * What leaves a service, and how the log learns of it: reads with their query, downloads before
 * their first byte.
 */
@NullMarked
package uk.progressstream.platform.disclosure;

import org.jspecify.annotations.NullMarked;
