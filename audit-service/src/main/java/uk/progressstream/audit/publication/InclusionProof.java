package uk.progressstream.audit.publication;

import java.util.List;
import uk.progressstream.log.tree.Hash;

/**
 * Where a leaf hangs in the latest signed tree.
 *
 * @param hashes siblings upwards
 * @param checkpoint the note of that tree
 */
public record InclusionProof(List<Hash> hashes, String checkpoint) {}
