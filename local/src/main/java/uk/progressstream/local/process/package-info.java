/** Child processes: started, watched, stopped by their id. */
@NullMarked
package uk.progressstream.local.process;

import org.jspecify.annotations.NullMarked;
