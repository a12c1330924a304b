/**
 * Clusters of schools and classes, agreed to by every school in them, assigned to accounts (D12).
 */
@NullMarked
package uk.progressstream.identity.cluster;

import org.jspecify.annotations.NullMarked;
