/** CSV text out of untrusted bytes: encodings, limits, cut-off files; no meaning yet. */
@NullMarked
package uk.progressstream.ingest.csv;

import org.jspecify.annotations.NullMarked;
