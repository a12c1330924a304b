/** What each role, permission and errand can read at most, worked out from rules and policies. */
@NullMarked
package uk.progressstream.identity.reach;

import org.jspecify.annotations.NullMarked;
