package uk.progressstream.identity.errand;

import java.util.UUID;
import uk.progressstream.platform.scope.SealedScope;

/**
 * For whom an errand runs: a job for itself, under identity's own scope, or an officer, under
 * theirs.
 *
 * @param account who it is, for the log
 * @param role the same in one word
 * @param scope what the database is asked under
 */
record Sender(UUID account, String role, SealedScope scope) {}
