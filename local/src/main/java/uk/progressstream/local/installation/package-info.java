/** What one installation keeps on disk. */
@NullMarked
package uk.progressstream.local.installation;

import org.jspecify.annotations.NullMarked;
