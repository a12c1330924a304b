/** What an investigation finds: written once, never changed. */
@NullMarked
package uk.progressstream.breach.finding;

import org.jspecify.annotations.NullMarked;
