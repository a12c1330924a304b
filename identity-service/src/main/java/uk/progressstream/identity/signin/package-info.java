/** Who signs in: Google's and Microsoft's ID tokens, and which invitation they take up. */
@NullMarked
package uk.progressstream.identity.signin;

import org.jspecify.annotations.NullMarked;
