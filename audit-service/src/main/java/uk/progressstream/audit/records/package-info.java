/** Records as the school that they concern reads them, each with its proof. */
@NullMarked
package uk.progressstream.audit.records;

import org.jspecify.annotations.NullMarked;
