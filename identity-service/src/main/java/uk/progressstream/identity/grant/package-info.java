/** What an account may see and do: pure rules from its standing to the scope of one token. */
@NullMarked
package uk.progressstream.identity.grant;

import org.jspecify.annotations.NullMarked;
