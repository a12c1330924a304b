/** Classes of a school. */
@NullMarked
package uk.progressstream.identity.classroom;

import org.jspecify.annotations.NullMarked;
