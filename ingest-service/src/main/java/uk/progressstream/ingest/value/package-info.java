/** Checks of single values; pure, and each rule names its source. */
@NullMarked
package uk.progressstream.ingest.value;

import org.jspecify.annotations.NullMarked;
