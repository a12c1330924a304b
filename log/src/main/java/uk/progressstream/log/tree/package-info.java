/**
 * The Merkle tree of RFC 6962, its proofs, and its C2SP tlog-tiles. Pure: no service, no database.
 */
@NullMarked
package uk.progressstream.log.tree;

import org.jspecify.annotations.NullMarked;
