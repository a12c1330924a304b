/** Pages of lists. */
@NullMarked
package uk.progressstream.platform.page;

import org.jspecify.annotations.NullMarked;
