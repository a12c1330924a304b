/** The time that a question to the log is about. */
@NullMarked
package uk.progressstream.audit.window;

import org.jspecify.annotations.NullMarked;
