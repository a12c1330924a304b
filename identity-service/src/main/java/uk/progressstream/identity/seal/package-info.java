/** Sealing scopes: the one thing that no other service can do. */
@NullMarked
package uk.progressstream.identity.seal;

import org.jspecify.annotations.NullMarked;
