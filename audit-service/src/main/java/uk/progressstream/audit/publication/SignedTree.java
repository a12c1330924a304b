package uk.progressstream.audit.publication;

/**
 * The latest tree that was signed.
 *
 * @param size leaves
 * @param note its checkpoint
 */
public record SignedTree(long size, String note) {}
