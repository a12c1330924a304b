package uk.progressstream.audit.witness;

import java.util.UUID;

/**
 * A checkpoint that a school saw.
 *
 * @param school whose people handed it in
 * @param size leaves
 * @param root base64 of the root
 */
public record SeenCheckpoint(UUID school, long size, String root) {}
