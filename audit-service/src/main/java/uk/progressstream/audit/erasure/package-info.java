/** Erasure of a record's content, by whom the school made responsible for it, itself recorded. */
@NullMarked
package uk.progressstream.audit.erasure;

import org.jspecify.annotations.NullMarked;
