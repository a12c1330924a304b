/** C2SP signed notes, checkpoints and standalone proofs. Pure: no service, no database. */
@NullMarked
package uk.progressstream.audit.note;

import org.jspecify.annotations.NullMarked;
