/** Stand-ins for Google and Microsoft, and the sample accounts that they vouch for. */
@NullMarked
package uk.progressstream.local.issuer;

import org.jspecify.annotations.NullMarked;
