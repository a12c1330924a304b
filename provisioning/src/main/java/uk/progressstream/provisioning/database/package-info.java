/** A service's database: its roles, what each may do, and the functions that verify a scope. */
@NullMarked
package uk.progressstream.provisioning.database;

import org.jspecify.annotations.NullMarked;
