/**
 * The first hour: what the logs say about who touched which school's data, and a person's word on
 * it.
 */
@NullMarked
package uk.progressstream.breach.scope;

import org.jspecify.annotations.NullMarked;
