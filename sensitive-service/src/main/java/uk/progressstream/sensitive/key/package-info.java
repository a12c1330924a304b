/** Brings platform's tree of keys into this service. */
@NullMarked
package uk.progressstream.sensitive.key;

import org.jspecify.annotations.NullMarked;
