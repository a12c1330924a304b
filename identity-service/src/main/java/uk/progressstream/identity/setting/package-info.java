/** What an operator configures of identity. */
@NullMarked
package uk.progressstream.identity.setting;

import org.jspecify.annotations.NullMarked;
