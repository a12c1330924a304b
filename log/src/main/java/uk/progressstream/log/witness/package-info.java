/**
 * Witnesses: who they are and how many must have cosigned (C2SP tlog-policy), how a log asks them
 * (C2SP tlog-witness), and a witness that a school can run.
 */
@NullMarked
package uk.progressstream.log.witness;

import org.jspecify.annotations.NullMarked;
