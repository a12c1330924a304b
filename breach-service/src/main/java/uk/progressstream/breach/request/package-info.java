/** What the calls of this service have in common. */
@NullMarked
package uk.progressstream.breach.request;

import org.jspecify.annotations.NullMarked;
