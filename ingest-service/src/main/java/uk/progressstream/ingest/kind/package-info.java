/** The kinds of file: which columns each may have and how one of its rows is read. */
@NullMarked
package uk.progressstream.ingest.kind;

import org.jspecify.annotations.NullMarked;
