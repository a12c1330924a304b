/** Steps that a person completes. */
@NullMarked
package uk.progressstream.breach.completion;

import org.jspecify.annotations.NullMarked;
