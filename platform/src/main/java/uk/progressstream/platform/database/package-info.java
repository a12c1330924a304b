/** The gateway to the database; nothing else may hold a pool or a session. */
@NullMarked
package uk.progressstream.platform.database;

import org.jspecify.annotations.NullMarked;
