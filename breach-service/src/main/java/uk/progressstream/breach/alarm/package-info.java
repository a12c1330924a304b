/** Alarms of the audit log, each of which opens a breach. */
@NullMarked
package uk.progressstream.breach.alarm;

import org.jspecify.annotations.NullMarked;
