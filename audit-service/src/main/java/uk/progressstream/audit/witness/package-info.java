/**
 * Schools as witnesses: what they saw of the log, and that it is served to them as they saw it or
 * not at all.
 */
@NullMarked
package uk.progressstream.audit.witness;

import org.jspecify.annotations.NullMarked;
