/** The log's public side: its key, checkpoints and tiles, and the tree that they are made from. */
@NullMarked
package uk.progressstream.audit.publication;

import org.jspecify.annotations.NullMarked;
