/** What a person can type after {@code ./progress-stream}. */
@NullMarked
package uk.progressstream.local.command;

import org.jspecify.annotations.NullMarked;
