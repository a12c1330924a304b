/** A real PostgreSQL that needs no installation. */
@NullMarked
package uk.progressstream.provisioning.postgres;

import org.jspecify.annotations.NullMarked;
