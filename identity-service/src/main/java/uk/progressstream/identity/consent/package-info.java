/** A school's standing consents to work with nobody at the keyboard. */
@NullMarked
package uk.progressstream.identity.consent;

import org.jspecify.annotations.NullMarked;
