/** Who changed what, when, from what to what: for a school's admins, and cluster by cluster. */
@NullMarked
package uk.progressstream.identity.history;

import org.jspecify.annotations.NullMarked;
