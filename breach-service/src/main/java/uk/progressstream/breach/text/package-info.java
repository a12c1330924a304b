/** Free text about an incident, and what must not stand in it. */
@NullMarked
package uk.progressstream.breach.text;

import org.jspecify.annotations.NullMarked;
