@NullMarked
package uk.progressstream.breach.clock;

import org.jspecify.annotations.NullMarked;
