/** Which test proves which clause of the policy, and what came of it. */
@NullMarked
package uk.progressstream.provisioning.proof;

import org.jspecify.annotations.NullMarked;
