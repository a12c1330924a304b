/** What the platform promises to every service, attacked in one of them. */
@NullMarked
package uk.progressstream.grades.guarantees;

import org.jspecify.annotations.NullMarked;
