/**
 * What a machine does to the log at its worst, while work goes on: in short in the build, at length
 * by name.
 */
@NullMarked
package uk.progressstream.system.torture;

import org.jspecify.annotations.NullMarked;
