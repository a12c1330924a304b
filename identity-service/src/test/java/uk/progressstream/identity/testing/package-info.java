/**
 * What identity's tests share: two issuers over TLS, people who sign in, and calls as the gateway.
 */
@NullMarked
package uk.progressstream.identity.testing;

import org.jspecify.annotations.NullMarked;
