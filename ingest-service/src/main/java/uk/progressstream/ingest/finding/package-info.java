/** What is wrong with a file, in words that never repeat the refused value. */
@NullMarked
package uk.progressstream.ingest.finding;

import org.jspecify.annotations.NullMarked;
