/** Sensitive fields by ps_id: stored sealed, opened only for who may read them. */
@NullMarked
package uk.progressstream.sensitive.pupil;

import org.jspecify.annotations.NullMarked;
