/** Requests that nobody would write, with genuine ids and tokens, made from a seed. */
@NullMarked
package uk.progressstream.system.fuzz;

import org.jspecify.annotations.NullMarked;
