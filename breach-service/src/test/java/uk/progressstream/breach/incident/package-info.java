@NullMarked
package uk.progressstream.breach.incident;

import org.jspecify.annotations.NullMarked;
