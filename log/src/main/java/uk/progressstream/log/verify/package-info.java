/** Checks a log with nothing but its public key. Pure: runs without the service. */
@NullMarked
package uk.progressstream.log.verify;

import org.jspecify.annotations.NullMarked;
