@NullMarked
package uk.progressstream.breach;

import org.jspecify.annotations.NullMarked;
