/** The accounts of a school and their roles there. */
@NullMarked
package uk.progressstream.identity.membership;

import org.jspecify.annotations.NullMarked;
