/** Enrollment ids in, ps_ids out: the only place that could turn one back into the other. */
@NullMarked
package uk.progressstream.pseudonym.vault;

import org.jspecify.annotations.NullMarked;
