/** The token endpoint: RFC 8693 token exchange, and the keys that access tokens are signed with. */
@NullMarked
package uk.progressstream.identity.token;

import org.jspecify.annotations.NullMarked;
