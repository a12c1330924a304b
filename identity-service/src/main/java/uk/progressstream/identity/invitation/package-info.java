/** Invitations: how a person or machine that nobody knows yet comes to have a role at a school. */
@NullMarked
package uk.progressstream.identity.invitation;

import org.jspecify.annotations.NullMarked;
