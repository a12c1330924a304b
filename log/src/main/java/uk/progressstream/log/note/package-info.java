/** C2SP signed notes, checkpoints and standalone proofs. Pure: no service, no database. */
@NullMarked
package uk.progressstream.log.note;

import org.jspecify.annotations.NullMarked;
