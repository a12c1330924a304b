/** The employee's lease: one school at a time, ended everywhere at once by the next (D13). */
@NullMarked
package uk.progressstream.identity.lease;

import org.jspecify.annotations.NullMarked;
