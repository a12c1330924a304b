/** Grades by ps_id: stored from uploads, read and downloaded under row security. */
@NullMarked
package uk.progressstream.grades.grade;

import org.jspecify.annotations.NullMarked;
