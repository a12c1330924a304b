/**
 * One file on its way through: read, check, hand over in batches. Synchronous, and knows neither
 * HTTP nor SQL.
 */
@NullMarked
package uk.progressstream.ingest.run;

import org.jspecify.annotations.NullMarked;
