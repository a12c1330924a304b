/**
 * What all calls of this service have in common: ids of what is created, refusals of the database.
 */
@NullMarked
package uk.progressstream.identity.request;

import org.jspecify.annotations.NullMarked;
