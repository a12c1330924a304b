/** A client from outside, as a school's system or an app would be. */
@NullMarked
package uk.progressstream.local.client;

import org.jspecify.annotations.NullMarked;
