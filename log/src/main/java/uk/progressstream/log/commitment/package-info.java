/**
 * How an entry of the log stands for a record without showing it. Pure: no service, no database.
 */
@NullMarked
package uk.progressstream.log.commitment;

import org.jspecify.annotations.NullMarked;
