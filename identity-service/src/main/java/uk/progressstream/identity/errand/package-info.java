/** Scopes for work with nobody at the keyboard: one school, one purpose, minutes. */
@NullMarked
package uk.progressstream.identity.errand;

import org.jspecify.annotations.NullMarked;
