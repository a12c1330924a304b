/**
 * Accounts: found by what a provider vouches for, bound to invitations and to the staff file once.
 */
@NullMarked
package uk.progressstream.identity.account;

import org.jspecify.annotations.NullMarked;
