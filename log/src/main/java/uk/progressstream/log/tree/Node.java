package uk.progressstream.log.tree;

/**
 * A complete subtree: the leaves from {@code index << level} to {@code (index + 1) << level}.
 *
 * @param level 0 for a leaf
 * @param index from 0, left to right within the level
 */
public record Node(int level, long index) {}
