package uk.progressstream.audit.cosigning;

import uk.progressstream.log.note.CosignerKey;

/**
 * What a witness signed, verified.
 *
 * @param witness who
 * @param line its line in the checkpoint, newline at the end
 */
record Cosignature(CosignerKey witness, String line) {}
