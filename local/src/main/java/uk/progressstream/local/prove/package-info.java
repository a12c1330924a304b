/** The proofs by clause, and the matrix that comes of them. */
@NullMarked
package uk.progressstream.local.prove;

import org.jspecify.annotations.NullMarked;
